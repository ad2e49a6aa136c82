// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: input cut into items, lines or counted blocks, and output that is queued. Asynchat's {@code async_chat}.
 *
 * <p>Say by {@link #setTerminator} where an item ends; {@link #collectIncomingData} is given its pieces, and
 * {@link #foundTerminator} says that it is complete. What {@link #push} takes is sent in its order, when there is room.
 */
@SuppressWarnings("this-escape") // to its two halves, which call back in later turns only
public abstract class ChatDispatcher extends SocketDispatcher {
    static final int BLOCK_BYTES = 65536;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8; // what JVMs allow
    private static final byte[] NOTHING = {};

    private final Incoming incoming = new Incoming(this);
    private final Outgoing outgoing = new Outgoing(this);
    private int inBufferBytes = BLOCK_BYTES;
    private byte[] collected = NOTHING; // by collect()
    private int collectedBytes;

    /** A dispatcher without a socket: {@link #createSocket} or {@link #setSocket} follow. */
    protected ChatDispatcher(Loop loop) {
        super(loop);
    }

    /** A dispatcher over a socket, usually an accepted one. */
    protected ChatDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    // Settings.

    /** Sets how many bytes one read receives at most, 65,536 unless set: {@code ac_in_buffer_size}. */
    protected final void setInBufferBytes(int bytes) {
        inBufferBytes = positive(bytes);
    }

    /** Sets how many bytes a send offers at most, 65,536 unless set: {@code ac_out_buffer_size}. */
    protected final void setOutBufferBytes(int bytes) {
        outgoing.setAttemptBytes(positive(bytes));
    }

    /**
     * Sets how many bytes an item may have before its terminator is found, unless there is none. What exceeds that is not
     * collected, and {@link #handleOverflow} called instead. Without limit unless set.
     */
    protected final void setItemLimit(int bytes) {
        incoming.setLimit(positive(bytes));
    }

    /**
     * Sets marks for the bytes that wait to be sent: above the high one {@link #handleHighWater} is called, and when they
     * are down to the low one {@link #handleLowWater}. In between {@link #readable} is false, so that a peer that does not
     * read is not read either. None unless set. What producers hold does not count.
     */
    protected final void setWaterMarks(long high, long low) {
        outgoing.marks.set(high, low);
    }

    /**
     * Lets many small blocks leave in few sends: what the callbacks of one read push is sent together after them, and a
     * send takes as many blocks as it has room for. Otherwise, as in asynchat, each push and each write event sends one
     * block.
     */
    protected final void setGathering(boolean gathering) {
        outgoing.setGathering(gathering);
    }

    // Input.

    /** Sets where items end from here on, also in what has been received already: {@code set_terminator}. */
    public final void setTerminator(Terminator terminator) {
        incoming.setTerminator(requireNonNull(terminator, "terminator"));
    }

    /** Lets items end with these bytes: {@link Terminator#of(byte[])}. */
    public final void setTerminator(byte[] bytes) {
        setTerminator(Terminator.of(bytes));
    }

    /** Lets items end with this text: {@link Terminator#of(String)}. */
    public final void setTerminator(String text) {
        setTerminator(Terminator.of(text));
    }

    /** Lets items be so many bytes: {@link Terminator#count}. */
    public final void setTerminator(long bytes) {
        setTerminator(Terminator.count(bytes));
    }

    /** What was set, or null; a count is what is still missing of it: {@code get_terminator}. */
    public final @Nullable Terminator terminator() {
        return incoming.terminator();
    }

    /**
     * A piece of an item has come: {@code collect_incoming_data}. Pieces are as the network cut them, but never empty.
     *
     * @param data valid until this returns; what is not taken is dropped
     */
    public abstract void collectIncomingData(ByteBuffer data) throws Exception;

    /**
     * The item is complete: {@code found_terminator}. Closing in here does not end the processing of what was received
     * already; {@link #discardBuffers} does.
     */
    public abstract void foundTerminator() throws Exception;

    /**
     * The item is longer than the limit. Logs a warning, discards the buffers and calls {@link #handleClose} unless
     * overridden; a dispatcher that stays open is spared the rest of the item, and hears of its end.
     */
    public void handleOverflow() throws Exception {
        log().warn("{} sends an item beyond the limit, closing", this);
        discardBuffers();
        handleClose();
    }

    /** Collects a piece for {@link #takeCollected}: {@code _collect_incoming_data}. */
    protected final void collect(ByteBuffer data) {
        int n = data.remaining();
        if (n > collected.length - collectedBytes) {
            int needed = Math.addExact(collectedBytes, n); // beyond 2 GiB: set an item limit
            int doubled = (int) Math.min(collectedBytes * 2L, MAX_ARRAY);
            collected = Arrays.copyOf(collected, Math.max(needed, doubled));
        }
        data.get(collected, collectedBytes, n);
        collectedBytes += n;
    }

    /** All pieces since the last call, joined: {@code _get_data}. */
    protected final byte[] takeCollected() {
        byte[] whole = collectedBytes == collected.length ? collected : Arrays.copyOf(collected, collectedBytes);
        dropCollected();
        return whole;
    }

    private void dropCollected() {
        collected = NOTHING;
        collectedBytes = 0;
    }

    // Output.

    /**
     * Sends bytes after what waits already: {@code push}. One attempt to send is made at once.
     *
     * @param data not copied: leave it as it is, so that one array may go to many
     */
    public final void push(byte[] data) throws IOException {
        outgoing.push(data);
    }

    /** As {@link #push(byte[])}, with this text as UTF-8. */
    public final void push(String text) throws IOException {
        push(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #push(byte[])}, but takes the bytes away: what the system has no room for is copied. */
    public final void push(ByteBuffer data) throws IOException {
        outgoing.push(data);
    }

    /** Sends what a producer gives, after what waits already: {@code push_with_producer}. One attempt is made at once. */
    public final void pushWithProducer(Producer producer) throws IOException {
        outgoing.push(requireNonNull(producer, "producer"));
    }

    /**
     * Closes when all that was pushed before has been taken by the system: {@code close_when_done}. This never happens in
     * here, but in the next write event or push.
     */
    public final void closeWhenDone() {
        outgoing.closeWhenDone();
        loop().refresh(this);
    }

    /** Runs an action, STARTTLS for one, when all that was pushed before has been taken by the system; never in here. */
    public final void runWhenDone(Runnable action) {
        outgoing.runWhenDone(requireNonNull(action, "action"));
        loop().refresh(this);
    }

    /** Drops what was received and not processed, what was collected, and what waits to be sent: {@code discard_buffers}. */
    public final void discardBuffers() {
        incoming.discard();
        dropCollected();
        outgoing.clear();
        loop().refresh(this); // it may be readable again
    }

    /** How many blocks, producers and actions are queued: {@code len(producer_fifo)}. */
    public final int queued() {
        return outgoing.size();
    }

    /** How many bytes are queued, apart from what producers hold. */
    public final long queuedBytes() {
        return outgoing.bytes();
    }

    /** More bytes wait than the high mark allows. Does nothing unless overridden. */
    public void handleHighWater() throws IOException {}

    /** No more bytes wait than the low mark says, after {@link #handleHighWater}. Does nothing unless overridden. */
    public void handleLowWater() throws IOException {}

    // What the loop asks and calls.

    /** {@inheritDoc} True, but false between {@link #handleHighWater} and {@link #handleLowWater}. */
    @Override
    public boolean readable() {
        return !outgoing.marks.isAbove();
    }

    /** {@inheritDoc} True while something is queued, and while not connected. */
    @Override
    public boolean writable() {
        return outgoing.size() > 0 || !connected();
    }

    /** Receives once, and calls back for each item in that. An {@link IOException} goes to {@link #handleError}. */
    @Override
    public void handleRead() throws Exception {
        ByteBuffer lent = borrowBuffer();
        boolean gathers = outgoing.beginRead();
        try {
            receive(lent);
        } finally {
            returnBuffer(lent);
            if (gathers) {
                outgoing.endRead();
            }
        }
    }

    /** Borrows a buffer for the output queue. */
    final ByteBuffer borrow() {
        return borrowBuffer();
    }

    final void giveBack(ByteBuffer buffer) {
        returnBuffer(buffer);
    }

    private void receive(ByteBuffer lent) throws Exception {
        int held = incoming.heldBack();
        boolean fits = held <= lent.capacity() / 2;
        int bytes = Math.min(inBufferBytes, Integer.MAX_VALUE - held);
        ByteBuffer buffer = fits ? lent : ByteBuffer.allocate(held + Math.min(bytes, lent.capacity()));
        buffer.limit(held + Math.min(bytes, buffer.capacity() - held));
        incoming.putHeldBack(buffer);
        int n;
        try {
            n = recv(buffer);
        } catch (IOException e) {
            handleError(e);
            return;
        }
        if (n != 0) {
            incoming.process(buffer.flip().position(held - incoming.heldBack())); // handleClose may discard
        }
    }

    /** Makes one attempt to send what is first in the queue: {@code initiate_send}. */
    @Override
    public void handleWrite() throws IOException {
        outgoing.initiateSend();
    }

    /** {@inheritDoc} Closes, without a word in the log. */
    @Override
    public void handleClose() throws IOException {
        close();
    }

    /** {@inheritDoc} What is pushed begins to be sent over it. */
    @Override
    public void setSocket(Channel channel) {
        super.setSocket(channel);
        outgoing.reopen();
    }

    /**
     * {@inheritDoc} What waits to be sent is lost, and what is pushed later too, until there is another socket; its
     * producers are closed.
     */
    @Override
    public void close() {
        super.close();
        outgoing.close();
    }

    private static int positive(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("not a positive number of bytes: " + bytes);
        }
        return bytes;
    }
}
