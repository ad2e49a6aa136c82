// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.ByteBacklog;
import org.asyncore.internal.QueuedBytes;
import org.asyncore.internal.WaterMarks;

/**
 * A dispatcher that queues output: {@link #send(ByteBuffer)} accepts all bytes, and bytes that the system has no room
 * for are sent later. Asyncore's {@code dispatcher_with_send}. Bytes that are still queued when it closes are lost.
 */
public abstract class BufferedDispatcher extends SocketDispatcher {
    private static final int ATTEMPT_BYTES = 65536;

    private final ByteBacklog backlog = new ByteBacklog();
    private final WaterMarks marks = new WaterMarks();
    private final QueuedBytes queued = new QueuedBytes();
    private boolean sending; // true while an attempt sends the front of the backlog
    private boolean ending; // true if this closes when the queue is empty

    /** Makes a dispatcher without a socket: {@link #createSocket} or {@link #setSocket} follow. */
    protected BufferedDispatcher(Loop loop) {
        super(loop);
    }

    /** Makes a dispatcher over a socket, usually an accepted one. It joins the loop. */
    protected BufferedDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    /** Returns the number of queued bytes: {@code len(out_buffer)}. */
    public final int buffered() {
        return backlog.bytes();
    }

    /**
     * Sets marks, in bytes, for the queue. When more than the high mark is queued, {@link #handleHighWater} is called;
     * when the queue is down to the low mark after that, {@link #handleLowWater}. In between {@link #readable} returns
     * false, so a peer that does not read is not read either. Without marks, which is the default, the queue may grow
     * to 2 GiB.
     *
     * @throws IllegalArgumentException unless {@code 0 <= low < high}
     */
    protected final void setWaterMarks(int high, int low) {
        marks.set(high, low);
    }

    /** {@inheritDoc} Returns true, except between {@link #handleHighWater} and {@link #handleLowWater}. */
    @Override
    public boolean readable() {
        return !marks.isAbove();
    }

    /** {@inheritDoc} Returns true while not connected, while bytes are queued, and to close after the last ones. */
    @Override
    public boolean writable() {
        return !connected() || backlog.bytes() > 0 || ending;
    }

    /**
     * Accepts all bytes: sends what the system has room for, after the bytes that are queued already, and queues a copy
     * of the rest.
     *
     * @return the number of bytes in the buffer
     * @throws IllegalStateException if more than 2 GiB would be queued; the queue is unchanged then
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
     * @param front the bytes that are next; its position moves by the number of bytes that the system takes, 65,536 at
     *     most
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

    /** {@inheritDoc} Makes one attempt to send queued bytes. */
    @Override
    public void handleWrite() throws IOException {
        sendQueued();
        reportMarks();
    }

    /** {@inheritDoc} After {@link #handleShutdown} calls {@link #handleClose} when no bytes are queued any more. */
    @Override
    public void handleWriteEvent() throws Exception {
        super.handleWriteEvent();
        if (ending && connected() && backlog.bytes() == 0) {
            handleClose();
        }
    }

    /** {@inheritDoc} Calls {@link #handleClose} when no bytes are queued: at once, or after the last have been sent. */
    @Override
    public void handleShutdown() throws Exception {
        if (backlog.bytes() > 0 && (connected() || connecting())) {
            ending = true;
        } else {
            handleClose();
        }
    }

    /** Handles a queue that has grown above the high mark. Does nothing unless overridden. */
    public void handleHighWater() throws IOException {}

    /** Handles a queue that is down to the low mark, after {@link #handleHighWater}. Does nothing unless overridden. */
    public void handleLowWater() throws IOException {}

    private void sendQueued() throws IOException {
        if (sending) {
            return; // called by a hook of the attempt under way
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
        queued.report(this, backlog.bytes());
        if (marks.hasRisen(backlog.bytes())) {
            handleHighWater();
        } else if (marks.hasFallen(backlog.bytes())) {
            handleLowWater();
        }
    }
}
