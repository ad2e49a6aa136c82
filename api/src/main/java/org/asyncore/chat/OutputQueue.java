// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.asyncore.chat.OutputEntry.Block;
import org.asyncore.chat.OutputEntry.Source;
import org.jspecify.annotations.Nullable;

/** Blocks of bytes, producers and actions in the order in which they were pushed: asynchat's {@code producer_fifo}. */
final class OutputQueue {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int MANY = 64;

    private ArrayDeque<OutputEntry> entries = new ArrayDeque<>(2); // a new one after a peak, because it never shrinks
    private boolean peak; // there were many entries
    private @Nullable Block spare; // the last block that was removed
    private long bytes; // number in the blocks

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns the number of bytes in the blocks. */
    long bytes() {
        return bytes;
    }

    @Nullable
    OutputEntry first() {
        return entries.peekFirst();
    }

    @Nullable
    OutputEntry last() {
        return entries.peekLast();
    }

    void add(OutputEntry entry) {
        entries.add(entry);
        peak |= entries.size() > MANY;
    }

    /** Adds a block, and returns its entry. */
    Block add(ByteBuffer block) {
        Block entry = entryOf(block);
        add(entry);
        bytes += block.remaining();
        return entry;
    }

    /** Adds a block as several, so that none is longer than this. */
    void addSlices(ByteBuffer block, int length) {
        int to = block.limit();
        while (to - block.position() > length) {
            add(block.slice(block.position(), length));
            block.position(block.position() + length);
        }
        add(block);
    }

    /** Adds a block before all others. */
    void addFirst(ByteBuffer block) {
        entries.addFirst(entryOf(block));
        bytes += block.remaining();
    }

    private Block entryOf(ByteBuffer block) {
        Block entry = spare;
        if (entry == null) {
            return new Block(block);
        }
        spare = null;
        entry.bytes = block;
        return entry;
    }

    /** Notes that bytes were added to a block that is queued. */
    void grown(int n) {
        bytes += n;
    }

    void removeFirst() {
        if (entries.removeFirst() instanceof Block block) {
            bytes -= block.bytes.remaining();
            block.bytes = NOTHING;
            spare = block;
        }
        trim();
    }

    /** Gives memory back after a peak. */
    private void trim() {
        if (peak && entries.isEmpty()) {
            peak = false;
            entries = new ArrayDeque<>(2);
        }
    }

    /** Notes that n bytes of the first block were sent, and removes the block if it is empty. */
    void sentFromFirst(Block first, int n) {
        bytes -= n;
        if (!first.bytes.hasRemaining()) {
            removeFirst();
        }
    }

    /** Removes n bytes, which were sent. Does nothing if the queue was cleared meanwhile. */
    void skip(int n) {
        int left = n;
        while (left > 0 && entries.peek() instanceof Block block) {
            int taken = Math.min(left, block.bytes.remaining());
            block.bytes.position(block.bytes.position() + taken);
            left -= taken;
            sentFromFirst(block, taken);
        }
    }

    /** Copies the first blocks, up to another entry or the end of the target. */
    void copyBlocks(ByteBuffer target) {
        for (OutputEntry entry : entries) {
            if (!(entry instanceof Block block) || !target.hasRemaining()) {
                return;
            }
            ByteBuffer from = block.bytes;
            int n = Math.min(from.remaining(), target.remaining());
            target.put(target.position(), from, from.position(), n).position(target.position() + n);
        }
    }

    /** Removes all entries and closes all producers, even if one of them fails to close. */
    void clear() {
        bytes = 0;
        RuntimeException failure = null;
        for (OutputEntry entry = entries.poll(); entry != null; entry = entries.poll()) {
            if (entry instanceof Source source) {
                try {
                    close(source.producer());
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        trim();
        if (failure != null) {
            throw failure;
        }
    }

    static void close(Producer producer) {
        try {
            producer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + producer + ": " + e.getMessage(), e);
        }
    }
}
