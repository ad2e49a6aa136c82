// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.ByteBacklog;
import org.asyncore.internal.WaterMarks;

/**
 * A dispatcher whose {@link #send(ByteBuffer)} takes everything and sends the rest when there is room: asyncore's
 * {@code dispatcher_with_send}. What is still buffered when it closes is lost.
 */
public abstract class BufferedDispatcher extends SocketDispatcher {
    private static final int ATTEMPT_BYTES = 65536;

    private final ByteBacklog backlog = new ByteBacklog();
    private final WaterMarks marks = new WaterMarks();
    private boolean sending; // the front of the backlog is in an attempt

    /** A dispatcher without a socket: {@link #createSocket} or {@link #setSocket} follow. */
    protected BufferedDispatcher(Loop loop) {
        super(loop);
    }

    /** A dispatcher over a socket, usually an accepted one. */
    protected BufferedDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    /** Returns how many bytes are queued: {@code len(out_buffer)}. */
    public final int buffered() {
        return backlog.bytes();
    }

    /**
     * Sets marks for the queued bytes: above the high one {@link #handleHighWater} is called, and when they are down to the
     * low one {@link #handleLowWater}. In between {@link #readable} is false, so that a peer that does not read is not read
     * either. Without marks, which is the default, memory is the only limit.
     *
     * @throws IllegalArgumentException unless the high mark is above the low one, and that is 0 at least
     */
    protected final void setWaterMarks(int high, int low) {
        marks.set(high, low);
    }

    /** {@inheritDoc} True, but false between {@link #handleHighWater} and {@link #handleLowWater}. */
    @Override
    public boolean readable() {
        return !marks.isAbove();
    }

    /** {@inheritDoc} True while not connected, and while bytes are queued. */
    @Override
    public boolean writable() {
        return !connected() || backlog.bytes() > 0;
    }

    /**
     * Takes all bytes: sends at once what the system has room for, after what is queued, and queues a copy of the rest.
     *
     * @return all the bytes of the buffer
     * @throws IllegalStateException if more than 2 GiB would be queued; what is queued stays
     */
    @Override
    public int send(ByteBuffer source) throws IOException {
        int bytes = source.remaining();
        if (backlog.bytes() == 0) {
            initiateSend(source);
            backlog.append(source);
        } else {
            backlog.append(source);
            sendQueued();
        }
        reportMarks();
        return bytes;
    }

    /**
     * Makes one attempt to send: {@code initiate_send}.
     *
     * @param front the bytes that are next; its position moves by what the system took, 65,536 bytes at most
     */
    public void initiateSend(ByteBuffer front) throws IOException {
        int limit = front.limit();
        front.limit(front.position() + Math.min(front.remaining(), ATTEMPT_BYTES));
        try {
            super.send(front);
        } finally {
            front.limit(limit);
        }
    }

    /** {@inheritDoc} Makes one attempt to send what is queued. */
    @Override
    public void handleWrite() throws IOException {
        sendQueued();
        reportMarks();
    }

    /** Reports that more bytes are queued than the high mark allows. Does nothing unless overridden. */
    public void handleHighWater() throws IOException {}

    /** Reports, after {@link #handleHighWater}, that no more bytes are queued than the low mark. Does nothing unless overridden. */
    public void handleLowWater() throws IOException {}

    private void sendQueued() throws IOException {
        if (sending) {
            return; // a hook of the attempt under way sends more
        }
        ByteBuffer front = borrowBuffer();
        sending = true;
        try {
            backlog.copyTo(front);
            initiateSend(front.flip());
        } finally {
            backlog.drop(front.position());
            returnBuffer(front);
            sending = false;
        }
    }

    private void reportMarks() throws IOException {
        if (marks.hasRisen(backlog.bytes())) {
            handleHighWater();
        } else if (marks.hasFallen(backlog.bytes())) {
            handleLowWater();
        }
    }
}
