// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.quickstart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Ascii;

/** Sends back what it receives, block by block, and logs every hook. Closes when it has nothing left to send. */
final class LoggingEchoHandler extends SocketDispatcher {
    private static final int CHUNK_BYTES = 256;

    private final ArrayDeque<ByteBuffer> blocks = new ArrayDeque<>(); // the oldest first

    LoggingEchoHandler(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    @Override
    public boolean writable() {
        boolean writable = !blocks.isEmpty();
        log().info("writable() -> {}", writable);
        return writable;
    }

    @Override
    public void handleRead() throws IOException {
        byte[] data = recv(CHUNK_BYTES);
        log().info("handle_read() -> ({}) \"{}\"", data.length, Ascii.of(data));
        blocks.addLast(ByteBuffer.wrap(data));
    }

    @Override
    public void handleWrite() throws IOException {
        ByteBuffer block = blocks.getFirst();
        ByteBuffer sending = block.duplicate();
        int sent = send(block);
        log().info("handle_write() -> ({}) \"{}\"", sent, Ascii.of(sending, sent));
        if (!block.hasRemaining()) {
            blocks.removeFirst();
        }
        if (!writable()) {
            handleClose();
        }
    }

    @Override
    public void handleClose() {
        log().info("handle_close()");
        close();
    }
}
