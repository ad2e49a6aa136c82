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
 * A dispatcher for protocols of lines or counted blocks: it cuts the input into items, and queues output. Asynchat's
 * {@code async_chat}.
 *
 * <p>{@link #setTerminator} sets where an item ends. {@link #collectIncomingData} gets the pieces of the item, and
 * {@link #foundTerminator} is called when it is complete. Output is sent in the order in which it was pushed, when
 * there is room.
 */
@SuppressWarnings("this-escape") // incoming and outgoing call back in later turns only
public abstract class ChatDispatcher extends SocketDispatcher {
    static final int BLOCK_BYTES = 65536;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8; // what JVMs allow
    private static final byte[] NOTHING = {};

    private final Incoming incoming = new Incoming(this);
    private final Outgoing outgoing = new Outgoing(this);
    private int inBufferBytes = BLOCK_BYTES;
    private byte[] collected = NOTHING; // by collect()
    private int collectedBytes;

    /** Makes a dispatcher without a socket: {@link #createSocket} or {@link #setSocket} follow. */
    protected ChatDispatcher(Loop loop) {
        super(loop);
    }

    /** Makes a dispatcher over a socket, usually an accepted one. It joins the loop. */
    protected ChatDispatcher(Loop loop, StreamChannel channel) {
        super(loop, channel);
    }

    // Settings.

    /** Sets how many bytes one read receives at most, 65,536 by default: {@code ac_in_buffer_size}. */
    protected final void setInBufferBytes(int bytes) {
        inBufferBytes = positive(bytes);
    }

    /** Sets how many bytes one send offers at most, 65,536 by default: {@code ac_out_buffer_size}. */
    protected final void setOutBufferBytes(int bytes) {
        outgoing.setAttemptBytes(positive(bytes));
    }

    /**
     * Sets how many bytes an item may have. More bytes are not collected, and {@link #handleOverflow} is called
     * instead. By default there is no limit, and there is none under {@link Terminator#NONE}.
     */
    protected final void setItemLimit(int bytes) {
        incoming.setLimit(positive(bytes));
    }

    /**
     * Sets marks, in bytes, for the queue. When more than the high mark is queued, {@link #handleHighWater} is called;
     * when the queue is down to the low mark after that, {@link #handleLowWater}. In between {@link #readable} returns
     * false, so a peer that does not read is not read either. Bytes that producers hold do not count. By default there
     * are no marks.
     *
     * @throws IllegalArgumentException unless {@code 0 <= low < high}
     */
    protected final void setWaterMarks(long high, long low) {
        outgoing.marks.set(high, low);
    }

    /**
     * Sends many small blocks in few sends: all that the callbacks of one read push is sent together after them, and
     * one send takes as many blocks as fit. By default, as in asynchat, each push and each write event sends one block.
     */
    protected final void setGathering(boolean gathering) {
        outgoing.setGathering(gathering);
    }

    // Input.

    /**
     * Sets where items end from now on, also in input that was received already and not processed:
     * {@code set_terminator}.
     */
    public final void setTerminator(Terminator terminator) {
        incoming.setTerminator(requireNonNull(terminator, "terminator"));
    }

    /** Ends items with these bytes: {@link Terminator#of(byte[])}. */
    public final void setTerminator(byte[] bytes) {
        setTerminator(Terminator.of(bytes));
    }

    /** Ends items with this text: {@link Terminator#of(String)}. */
    public final void setTerminator(String text) {
        setTerminator(Terminator.of(text));
    }

    /** Ends an item after this number of bytes: {@link Terminator#count}. */
    public final void setTerminator(long bytes) {
        setTerminator(Terminator.count(bytes));
    }

    /**
     * Returns the terminator that was set, or null. Of a count it returns what is still missing:
     * {@code get_terminator}.
     */
    public final @Nullable Terminator terminator() {
        return incoming.terminator();
    }

    /**
     * Handles a piece of an item: {@code collect_incoming_data}. The network decides where pieces end, but none is
     * empty.
     *
     * @param data valid until this returns; bytes that are not taken are dropped
     */
    public abstract void collectIncomingData(ByteBuffer data) throws Exception;

    /**
     * Handles the end of an item: {@code found_terminator}. Closing in here does not end the processing of input that
     * was received already; {@link #discardBuffers} does.
     */
    public abstract void foundTerminator() throws Exception;

    /**
     * Handles an item that is longer than the limit. Logs a warning, discards the buffers and calls
     * {@link #handleClose} unless overridden. If the dispatcher stays open, the rest of the item is dropped, and
     * {@link #foundTerminator} is called at its end.
     */
    public void handleOverflow() throws Exception {
        log().warn("{} received an item longer than its limit, closing", this);
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

    /** Returns all pieces that were collected since the last call, joined: {@code _get_data}. */
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
     * Queues bytes: {@code push}. One attempt to send is made at once.
     *
     * @param data not copied, so it must not be changed afterwards; one array may be pushed to many dispatchers
     */
    public final void push(byte[] data) throws IOException {
        outgoing.push(data);
    }

    /** Queues text as UTF-8; otherwise as {@link #push(byte[])}. */
    public final void push(String text) throws IOException {
        push(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Queues the bytes of a buffer and empties it: bytes that the system has no room for are copied. Otherwise as
     * {@link #push(byte[])}.
     */
    public final void push(ByteBuffer data) throws IOException {
        outgoing.push(data);
    }

    /**
     * Queues a producer, whose bytes are sent in its turn: {@code push_with_producer}. One attempt to send is made at
     * once.
     */
    public final void pushWithProducer(Producer producer) throws IOException {
        outgoing.push(requireNonNull(producer, "producer"));
    }

    /**
     * Closes when the system has taken all that was pushed before: {@code close_when_done}. This never happens within
     * this method, but in the next write event or push.
     */
    public final void closeWhenDone() {
        outgoing.closeWhenDone();
        loop().refresh(this);
    }

    /** {@inheritDoc} Calls {@link #closeWhenDone}. */
    @Override
    public void handleShutdown() throws IOException {
        closeWhenDone();
    }

    /**
     * Runs an action, STARTTLS for example, when the system has taken all that was pushed before; never within this
     * method.
     */
    public final void runWhenDone(Runnable action) {
        outgoing.runWhenDone(requireNonNull(action, "action"));
        loop().refresh(this);
    }

    /**
     * Drops input that was received and not processed, input that was collected, and queued output:
     * {@code discard_buffers}.
     */
    public final void discardBuffers() {
        incoming.discard();
        dropCollected();
        outgoing.clear();
        loop().refresh(this); // it may be readable again
    }

    /** Returns how many blocks, producers and actions are queued: {@code len(producer_fifo)}. */
    public final int queued() {
        return outgoing.size();
    }

    /** Returns how many bytes are queued. Bytes that producers hold do not count. */
    public final long queuedBytes() {
        return outgoing.bytes();
    }

    /** Handles a queue that has grown above the high mark. Does nothing unless overridden. */
    public void handleHighWater() throws IOException {}

    /** Handles a queue that is down to the low mark, after {@link #handleHighWater}. Does nothing unless overridden. */
    public void handleLowWater() throws IOException {}

    // Called by the loop.

    /** {@inheritDoc} Returns true, except between {@link #handleHighWater} and {@link #handleLowWater}. */
    @Override
    public boolean readable() {
        return !outgoing.marks.isAbove();
    }

    /** {@inheritDoc} Returns true while something is queued, and while not connected. */
    @Override
    public boolean writable() {
        return outgoing.size() > 0 || !connected();
    }

    /**
     * Receives once, and calls the callbacks for the items in that input. An {@link IOException} goes to
     * {@link #handleError}.
     */
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

    /** {@inheritDoc} Closes without logging. */
    @Override
    public void handleClose() throws IOException {
        close();
    }

    /** {@inheritDoc} Output that is pushed from now on is sent over it. */
    @Override
    public void setSocket(Channel channel) {
        super.setSocket(channel);
        outgoing.reopen();
    }

    /**
     * {@inheritDoc} Queued output is lost, and its producers are closed. The same happens to output that is pushed
     * later, until there is another socket.
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
