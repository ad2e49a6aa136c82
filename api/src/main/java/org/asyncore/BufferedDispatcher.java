// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.spi.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher whose {@link #send(ByteBuffer)} takes everything and sends the rest when there is room: asyncore's
 * {@code dispatcher_with_send}. What is still buffered when it closes is lost.
 */
public abstract class BufferedDispatcher extends SocketDispatcher {
    private static final int ATTEMPT_BYTES = 65536;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private @Nullable ByteBuffer out; // what is to be sent, between position and limit; null when there is nothing

    /** A dispatcher without a socket: {@link #createSocket} or {@link #setSocket} follow. */
    protected BufferedDispatcher(Loop loop) {
        super(loop);
    }

    /** A dispatcher over a socket, usually an accepted one. */
    protected BufferedDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    /** How many bytes wait to be sent: {@code len(out_buffer)}. */
    public final int buffered() {
        return out == null ? 0 : out.remaining();
    }

    /** True while not connected, and while bytes wait to be sent. */
    @Override
    public boolean writable() {
        return !connected() || out != null;
    }

    /**
     * Takes all bytes: sends at once what the system has room for, after what waits already, and keeps the rest.
     *
     * @return all the bytes of the buffer
     */
    @Override
    public int send(ByteBuffer source) throws IOException {
        int bytes = source.remaining();
        if (out == null) {
            initiateSend(source);
            if (source.hasRemaining()) {
                append(source);
            }
        } else {
            append(source);
            sendWaiting();
        }
        return bytes;
    }

    /**
     * Makes one attempt to send: {@code initiate_send}.
     *
     * @param front the bytes that are next; its position moves by what the system took, 65,536 bytes at most
     */
    protected void initiateSend(ByteBuffer front) throws IOException {
        int limit = front.limit();
        front.limit(Math.min(limit, front.position() + ATTEMPT_BYTES));
        try {
            super.send(front);
        } finally {
            front.limit(limit);
        }
    }

    /** Sends what waits: one attempt. */
    @Override
    protected void handleWrite() throws IOException {
        sendWaiting();
    }

    private void sendWaiting() throws IOException {
        initiateSend(out == null ? NOTHING : out);
        if (out != null && !out.hasRemaining()) {
            out = null;
        }
    }

    private void append(ByteBuffer source) {
        ByteBuffer old = out == null ? ByteBuffer.allocate(0) : out;
        int bytes = old.remaining() + source.remaining();
        if (bytes <= old.capacity()) {
            old.compact();
        } else {
            old = ByteBuffer.allocate(Math.max(bytes, old.capacity() * 2)).put(old);
        }
        out = old.put(source).flip();
    }
}
