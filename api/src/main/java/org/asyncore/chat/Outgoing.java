// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.chat.OutputEntry.Action;
import org.asyncore.chat.OutputEntry.Block;
import org.asyncore.chat.OutputEntry.End;
import org.asyncore.chat.OutputEntry.Source;
import org.asyncore.internal.QueuedBytes;
import org.asyncore.internal.WaterMarks;
import org.jspecify.annotations.Nullable;

/** The output of a chat dispatcher: queues what is pushed, and sends it when there is room. */
final class Outgoing {
    private final ChatDispatcher chat;
    private final OutputQueue queue = new OutputQueue();
    private int attemptBytes = ChatDispatcher.BLOCK_BYTES;
    final WaterMarks marks = new WaterMarks(); // for the queued bytes
    private final QueuedBytes queued = new QueuedBytes();
    private boolean gathering;
    private boolean closed; // true until there is another socket: what is pushed is dropped

    /**
     * The buffer that a read borrows to gather what its callbacks push, or null. It becomes the first entry of the
     * queue when the first bytes are put into it.
     */
    private @Nullable ByteBuffer batch;

    Outgoing(ChatDispatcher chat) {
        this.chat = chat;
    }

    void setAttemptBytes(int bytes) {
        attemptBytes = bytes;
    }

    void setGathering(boolean gathering) {
        this.gathering = gathering;
    }

    int size() {
        return queue.size();
    }

    long bytes() {
        return queue.bytes();
    }

    // Pushing.

    /** Queues a block, which is not copied, and makes an attempt to send. */
    void push(byte[] data) throws IOException {
        ByteBuffer block = ByteBuffer.wrap(data);
        if (!addToBatch(block)) {
            addSlices(block);
        }
        pushed();
    }

    /** Makes an attempt to send the block itself if nothing is queued, and queues a copy of the rest. */
    void push(ByteBuffer data) throws IOException {
        boolean first = queue.isEmpty() && batch == null && chat.connected();
        if (first) {
            transmit(data);
        }
        if (data.hasRemaining()) {
            if (!addToBatch(data)) {
                addSlices(ByteBuffer.allocate(data.remaining()).put(data).flip());
            }
            if (first) {
                reportMarks();
            } else {
                pushed();
            }
        }
    }

    /**
     * Queues a producer, and makes an attempt to send. While a read gathers, the producer's bytes are put into the
     * batch at once. If earlier output did not fit into the batch, the producer is queued without being called.
     */
    void push(Producer producer) throws IOException {
        if (closed || !isBatching() || !batchAllOf(producer)) {
            add(producer);
            pushed();
        }
    }

    void closeWhenDone() {
        if (!closed) {
            queue.add(End.CLOSE);
        }
    }

    void runWhenDone(Runnable action) {
        if (!closed) {
            queue.add(new Action(action));
        }
    }

    private void add(Producer producer) {
        if (closed) {
            OutputQueue.close(producer);
        } else {
            queue.add(new Source(producer));
        }
    }

    private void addSlices(ByteBuffer block) {
        if (closed) {
            block.position(block.limit());
        } else {
            queue.addSlices(block, attemptBytes);
        }
    }

    private void pushed() throws IOException {
        if (batch == null) {
            initiateSend();
        }
    }

    // Gathering.

    /**
     * Begins to gather what is pushed, until {@link #endRead} sends it. Returns false if gathering is off or has begun
     * already.
     */
    boolean beginRead() {
        if (!gathering || batch != null) {
            return false;
        }
        batch = chat.borrow().limit(0);
        return true;
    }

    /** Makes an attempt to send everything that was pushed since {@link #beginRead}. */
    void endRead() throws IOException {
        ByteBuffer lent = requireNonNull(batch);
        batch = null;
        try {
            initiateSend();
        } finally {
            if (queue.first() instanceof Block block && isSame(block.bytes, lent)) {
                block.bytes = ByteBuffer.allocate(lent.remaining()).put(lent).flip();
            }
            chat.giveBack(lent);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same buffer is meant, not one with the same bytes
    private static boolean isSame(ByteBuffer one, @Nullable ByteBuffer other) {
        return one == other;
    }

    /** Returns true if what is pushed now can be put into the batch, because nothing is queued behind it. */
    private boolean isBatching() {
        return batch != null && (queue.isEmpty() || (queue.last() instanceof Block last && isSame(last.bytes, batch)));
    }

    /** Moves a block into the batch. Returns false if it does not fit, or if other entries are queued before it. */
    private boolean addToBatch(ByteBuffer block) {
        ByteBuffer b = batch;
        if (b == null || closed || !isBatching() || block.remaining() > b.capacity() - b.limit()) {
            return false;
        }
        if (queue.isEmpty()) {
            queue.add(b.clear().limit(0));
        }
        int end = b.limit();
        queue.grown(block.remaining());
        b.limit(end + block.remaining()).put(end, block, block.position(), block.remaining());
        block.position(block.limit());
        return true;
    }

    /**
     * Moves all bytes of a producer into the batch. Returns false if they do not fit, so that the producer has to be
     * queued.
     */
    private boolean batchAllOf(Producer producer) throws IOException {
        ByteBuffer block = moreOf(producer);
        while (block.hasRemaining() && addToBatch(block)) {
            block = moreOf(producer);
        }
        if (block.hasRemaining()) {
            addSlices(block); // before its producer, which is not called again until they are sent
            return false;
        }
        producer.close();
        return true;
    }

    /**
     * Returns a producer's next block. If the producer fails, it is queued, as outside of a read, so that it is closed
     * with the others.
     */
    private ByteBuffer moreOf(Producer producer) throws IOException {
        boolean done = false;
        try {
            ByteBuffer block = producer.more();
            done = true;
            return block;
        } finally {
            if (!done) {
                add(producer);
            }
        }
    }

    // Sending.

    /** Sends one block, or as many as fit when gathering: asynchat's {@code initiate_send}. */
    void initiateSend() throws IOException {
        boolean more = true;
        for (OutputEntry first = queue.first(); more && first != null && chat.connected(); first = queue.first()) {
            if (first instanceof Source source) {
                expand(source);
            } else if (first instanceof Action action) {
                queue.removeFirst();
                action.action().run();
            } else if (first instanceof Block block) {
                send(block);
                more = false;
            } else {
                queue.removeFirst();
                chat.handleClose();
                more = false;
            }
        }
        reportMarks();
    }

    /** Puts the next block of a producer before it, and removes the producer if it has no more. */
    private void expand(Source source) throws IOException {
        ByteBuffer block = source.producer().more();
        if (queue.first() != source) {
            return; // the producer closed the dispatcher
        }
        if (block.hasRemaining()) {
            queue.addFirst(block);
        } else {
            queue.removeFirst();
            source.producer().close();
        }
    }

    private void send(Block first) throws IOException {
        ByteBuffer bytes = first.bytes;
        if (!bytes.hasRemaining()) {
            queue.removeFirst(); // an empty block causes a send of no bytes, as in asynchat
            transmit(bytes);
        } else if (gathering && queue.size() > 1 && bytes.remaining() < attemptBytes) {
            sendSeveral();
        } else {
            int n = transmit(bytes);
            if (queue.first() == first && isSame(first.bytes, bytes)) { // else the dispatcher was closed meanwhile
                queue.sentFromFirst(first, n);
            }
        }
    }

    private void sendSeveral() throws IOException {
        ByteBuffer lent = chat.borrow();
        try {
            queue.copyBlocks(lent.limit(Math.min(lent.capacity(), attemptBytes)));
            queue.skip(transmit(lent.flip()));
        } finally {
            chat.giveBack(lent);
        }
    }

    /**
     * Makes one attempt to send. Returns the number of bytes taken. An exception goes to the dispatcher, which may
     * close.
     */
    private int transmit(ByteBuffer block) {
        int end = block.limit();
        int before = block.remaining();
        block.limit(block.position() + Math.min(before, attemptBytes));
        try {
            chat.send(block);
        } catch (IOException e) {
            chat.handleError(e);
        }
        block.limit(end);
        return before - block.remaining();
    }

    private void reportMarks() throws IOException {
        queued.report(chat, queue.bytes());
        if (marks.hasRisen(queue.bytes())) {
            chat.handleHighWater();
        } else if (marks.hasFallen(queue.bytes())) {
            chat.handleLowWater();
        }
    }

    // Closing.

    /** Drops everything, also what is pushed from now on. */
    void close() {
        closed = true;
        clear();
    }

    void reopen() {
        closed = false;
    }

    /** Drops everything, and closes the producers. */
    void clear() {
        marks.reset();
        queue.clear();
        queued.report(chat, 0);
    }
}
