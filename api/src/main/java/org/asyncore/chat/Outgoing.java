// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.asyncore.internal.WaterMarks;
import org.jspecify.annotations.Nullable;

/**
 * The output queue, asynchat's {@code producer_fifo}, and what sends from it. Its entries are blocks, producers, and
 * actions for when all before them has left.
 */
@SuppressWarnings("ReferenceEquality") // the same block is meant, not one with the same bytes
final class Outgoing {
    private static final Object END = new Object(); // what closeWhenDone queues

    private final ChatDispatcher chat;
    private final ArrayDeque<Object> entries = new ArrayDeque<>(2); // each a ByteBuffer, Producer, Runnable, or END
    private long bytes; // in the blocks
    private int attemptBytes = ChatDispatcher.BLOCK_BYTES;
    final WaterMarks marks = new WaterMarks(); // for the bytes
    private boolean gathering;
    private boolean closed; // until there is another socket, whatever is pushed is lost
    private @Nullable ByteBuffer batch; // lent while a read gathers what its callbacks push; if an entry, the first

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
        return entries.size();
    }

    long bytes() {
        return bytes;
    }

    /** Queues a block, which is not copied, and makes an attempt. */
    void push(byte[] data) throws IOException {
        ByteBuffer block = ByteBuffer.wrap(data);
        if (!addToBatch(block)) {
            addSlices(block);
        }
        pushed();
    }

    /** Makes an attempt with the block itself if it is the first, and queues a copy of what is left. */
    void push(ByteBuffer data) throws IOException {
        boolean first = entries.isEmpty() && batch == null && chat.connected();
        if (first) {
            transmit(data);
        }
        if (data.hasRemaining()) {
            if (!addToBatch(data)) {
                addSlices(ByteBuffer.allocate(data.remaining()).put(data).flip());
            }
            if (first) {
                tellOfMarks();
            } else {
                pushed();
            }
        }
    }

    /**
     * Queues a producer, and makes an attempt. A read that gathers takes its blocks at once, as far as they fit; one that
     * comes after what did not fit is not asked, so that it holds nothing yet.
     */
    void push(Producer producer) throws IOException {
        if (closed || !isBatching() || !batchAllOf(producer)) {
            add(producer);
            pushed();
        }
    }

    private boolean isBatching() {
        return batch != null && (entries.isEmpty() || entries.getLast() == batch);
    }

    private boolean batchAllOf(Producer producer) throws IOException {
        ByteBuffer block = moreOf(producer);
        while (block.hasRemaining() && addToBatch(block)) {
            block = moreOf(producer);
        }
        if (block.hasRemaining()) {
            addSlices(block); // before its producer, which gives no other before it is sent
            return false;
        }
        producer.close();
        return true;
    }

    /** One that fails is queued, as outside of a read, to be closed with the rest. */
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

    void closeWhenDone() {
        add(END);
    }

    void runWhenDone(Runnable action) {
        add(action);
    }

    private void add(Object entry) {
        if (!closed) {
            entries.add(entry);
        } else if (entry instanceof Producer producer) {
            close(producer);
        }
    }

    private void addSlices(ByteBuffer block) {
        if (closed) {
            block.position(block.limit());
            return;
        }
        bytes += block.remaining();
        int to = block.limit();
        while (to - block.position() > attemptBytes) {
            entries.add(block.slice(block.position(), attemptBytes));
            block.position(block.position() + attemptBytes);
        }
        entries.add(block);
    }

    private void pushed() throws IOException {
        if (batch == null) {
            initiateSend();
        }
    }

    /** From now on what is pushed waits for {@link #endRead}, if this gathers. */
    boolean beginRead() {
        if (!gathering || batch != null) {
            return false;
        }
        batch = chat.borrow().limit(0);
        return true;
    }

    /** Makes an attempt with all that was pushed since {@link #beginRead}. */
    void endRead() throws IOException {
        ByteBuffer lent = requireNonNull(batch);
        batch = null;
        try {
            initiateSend();
        } finally {
            if (!entries.isEmpty() && entries.getFirst() == lent) {
                entries.removeFirst();
                entries.addFirst(ByteBuffer.allocate(lent.remaining()).put(lent).flip());
            }
            chat.giveBack(lent);
        }
    }

    /** Takes a block away into the batch; false if that is no place for it. */
    private boolean addToBatch(ByteBuffer block) {
        ByteBuffer b = batch;
        if (b == null || closed || !isBatching() || block.remaining() > b.capacity() - b.limit()) {
            return false;
        }
        if (entries.isEmpty()) {
            entries.add(b.clear().limit(0));
        }
        int end = b.limit();
        bytes += block.remaining();
        b.limit(end + block.remaining()).put(end, block, block.position(), block.remaining());
        block.position(block.limit());
        return true;
    }

    /** Asynchat's {@code initiate_send}: one block leaves, or as many as fit when gathering. */
    void initiateSend() throws IOException {
        boolean more = true;
        while (more && !entries.isEmpty() && chat.connected()) {
            Object first = entries.getFirst();
            if (first instanceof Producer producer) {
                expand(producer);
            } else if (first instanceof Runnable action) {
                entries.removeFirst();
                action.run();
            } else if (first instanceof ByteBuffer block) {
                send(block);
                more = false;
            } else {
                entries.removeFirst();
                chat.handleClose();
                more = false;
            }
        }
        tellOfMarks();
    }

    /** Puts what the producer gives before it, and takes it away when that is nothing. */
    private void expand(Producer producer) throws IOException {
        ByteBuffer block = producer.more();
        if (entries.peek() != producer) {
            return; // it closed the dispatcher
        }
        if (block.hasRemaining()) {
            bytes += block.remaining();
            entries.addFirst(block);
        } else {
            entries.removeFirst();
            producer.close();
        }
    }

    private void send(ByteBuffer first) throws IOException {
        if (!first.hasRemaining()) {
            entries.removeFirst(); // as asynchat has it, an empty block costs a send of nothing
            transmit(first);
        } else if (gathering && entries.size() > 1 && first.remaining() < attemptBytes) {
            sendSeveral();
        } else {
            int n = transmit(first);
            if (!entries.isEmpty() && entries.getFirst() == first) { // else it closed meanwhile
                bytes -= n;
                if (!first.hasRemaining()) {
                    entries.remove();
                }
            }
        }
    }

    private void sendSeveral() throws IOException {
        ByteBuffer lent = chat.borrow();
        try {
            copyBlocks(lent.limit(Math.min(lent.capacity(), attemptBytes)));
            skip(transmit(lent.flip()));
        } finally {
            chat.giveBack(lent);
        }
    }

    /** So many bytes at the front have been sent; there are none if it closed meanwhile. */
    private void skip(int n) {
        int left = n;
        while (left > 0 && entries.peek() instanceof ByteBuffer block) {
            int taken = Math.min(left, block.remaining());
            block.position(block.position() + taken);
            left -= taken;
            bytes -= taken;
            if (!block.hasRemaining()) {
                entries.remove();
            }
        }
    }

    private void copyBlocks(ByteBuffer target) {
        for (Object entry : entries) {
            if (!(entry instanceof ByteBuffer block) || !target.hasRemaining()) {
                return;
            }
            int n = Math.min(block.remaining(), target.remaining());
            target.put(target.position(), block, block.position(), n).position(target.position() + n);
        }
    }

    /** Offers bytes once, and returns how many were taken; trouble goes to the dispatcher, which may close in it. */
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

    private void tellOfMarks() throws IOException {
        if (marks.hasRisen(bytes)) {
            chat.handleHighWater();
        } else if (marks.hasFallen(bytes)) {
            chat.handleLowWater();
        }
    }

    /** Drops all, also what is pushed from now on. */
    void close() {
        closed = true;
        clear();
    }

    void reopen() {
        closed = false;
    }

    /** Drops all, and closes the producers: every one, though another fails. */
    void clear() {
        bytes = 0;
        marks.reset();
        RuntimeException failure = null;
        for (Object entry = entries.poll(); entry != null; entry = entries.poll()) {
            if (entry instanceof Producer producer) {
                try {
                    close(producer);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void close(Producer producer) {
        try {
            producer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + producer + ": " + e.getMessage(), e);
        }
    }
}
