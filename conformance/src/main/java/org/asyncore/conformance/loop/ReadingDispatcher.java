// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** A dispatcher that reads its input, and does an action after each read. */
final class ReadingDispatcher extends SocketDispatcher {
    private final Runnable then;

    ReadingDispatcher(Loop loop, StreamChannel channel, Runnable then) {
        super(loop, channel);
        this.then = then;
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        if (recv(readBuffer()) > 0) {
            then.run();
        }
    }

    @Override
    public void handleClose() {
        close();
    }
}
