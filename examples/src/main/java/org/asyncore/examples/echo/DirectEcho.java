// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sends back what it receives in the same hook. While the system has no room for some of it, nothing more is received;
 * so the end of the stream, too, is met only when all has been sent.
 */
final class DirectEcho extends SocketDispatcher {
    /** What a connection may keep: what one read receives. */
    static final int MAX_KEPT_BYTES = 65536;

    private @Nullable ByteBuffer kept; // what the system had no room for, or null

    DirectEcho(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    @Override
    public boolean readable() {
        return kept == null;
    }

    @Override
    public boolean writable() {
        return kept != null;
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer();
        if (recv(buffer) > 0) {
            send(buffer.flip());
            if (buffer.hasRemaining() && connected()) {
                kept = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
            }
        }
    }

    @Override
    public void handleWrite() throws IOException {
        if (kept != null) {
            ByteBuffer sending = kept;
            send(sending);
            kept = sending.hasRemaining() ? sending : null;
        }
    }

    @Override
    public void handleClose() {
        close();
    }
}
