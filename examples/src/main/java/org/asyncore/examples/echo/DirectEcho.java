// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sends back what it receives in the same hook. While some of it is unsent, nothing more is received. So the end of the
 * stream is also read only after everything has been sent.
 */
final class DirectEcho extends SocketDispatcher {
    /** The most bytes that a connection keeps: those of one read. */
    static final int MAX_KEPT_BYTES = 65536;

    private @Nullable ByteBuffer unsent; // the system had no room for it; or null
    private boolean ending; // closes when nothing is unsent

    DirectEcho(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    @Override
    public boolean readable() {
        return unsent == null && !ending;
    }

    @Override
    public boolean writable() {
        return unsent != null;
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer();
        if (recv(buffer) > 0) {
            send(buffer.flip());
            if (buffer.hasRemaining() && connected()) {
                unsent = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
            }
        }
    }

    @Override
    public void handleWrite() throws IOException {
        if (unsent != null) {
            ByteBuffer sending = unsent;
            send(sending);
            unsent = sending.hasRemaining() ? sending : null;
        }
        if (ending && unsent == null) {
            close();
        }
    }

    /** Closes, after sending the bytes that the system had no room for. */
    @Override
    public void handleShutdown() {
        ending = true;
        if (unsent == null) {
            close();
        }
    }

    @Override
    public void handleClose() {
        close();
    }
}
