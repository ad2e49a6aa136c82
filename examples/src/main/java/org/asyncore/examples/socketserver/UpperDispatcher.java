// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;

/** Serves a connection by hooks: answers one request, and closes after the answer is sent. */
final class UpperDispatcher extends BufferedDispatcher {
    private boolean answered;

    UpperDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    @Override
    public boolean readable() {
        return !answered && super.readable();
    }

    @Override
    public void handleRead() throws Exception {
        byte[] request = recv(Answer.REQUEST_BYTES);
        if (request.length > 0) {
            answered = true;
            send(Answer.to(request, request.length));
            handleShutdown(); // closes when the answer is sent
        }
    }

    @Override
    public void handleClose() {
        close();
    }
}
