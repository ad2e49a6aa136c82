// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.BufferPool;
import org.jspecify.annotations.Nullable;

/**
 * Sends back what it receives, the asyncore way: {@link #handleRead} fills a buffer, {@link #handleWrite} empties it.
 * If the peer does not read, the buffer fills up and nothing more is received. If the peer half-closes, it still gets
 * the rest.
 */
final class BufferedEcho extends SocketDispatcher {
    private final BufferPool buffers;
    private @Nullable ByteBuffer buffer; // unsent bytes, from 0 to its position; null if there are none
    private boolean ended; // the peer sends no more

    BufferedEcho(Loop loop, StreamChannel channel, BufferPool buffers) {
        super(loop, channel);
        this.buffers = buffers;
    }

    @Override
    public boolean readable() {
        return !ended && (buffer == null || buffer.hasRemaining());
    }

    @Override
    public boolean writable() {
        return buffer != null;
    }

    @Override
    public void handleRead() throws IOException {
        if (buffer == null) {
            buffer = buffers.take();
        }
        recv(buffer);
        if (isDrained()) {
            release();
        }
    }

    @Override
    public void handleWrite() throws IOException {
        ByteBuffer source = buffer;
        if (source == null) {
            return;
        }
        send(source.flip());
        source.compact();
        if (isDrained()) {
            release();
            if (ended) {
                close();
            }
        }
    }

    /**
     * Closes, or lets {@link #handleWrite} close once the rest is sent. A failed send leaves position 0, so it closes
     * here.
     */
    @Override
    public void handleClose() {
        ended = true;
        if (isDrained()) {
            close();
        }
    }

    @Override
    public void close() {
        super.close();
        release();
    }

    private boolean isDrained() {
        return buffer == null || buffer.position() == 0;
    }

    private void release() {
        if (buffer != null) {
            buffers.giveBack(buffer);
            buffer = null;
        }
    }
}
