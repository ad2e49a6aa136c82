// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** A dispatcher that echoes its input. */
final class EchoingDispatcher extends SocketDispatcher {
    EchoingDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        send(recv(100));
    }
}
