// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The direct buffers of a loop: one that all dispatchers read into, and as many more as are borrowed at the same time. Of
 * those that come back it keeps no more than are still lent, or a few, so that a peak does not keep its memory.
 */
public final class BufferPool {
    private static final int BUFFER_BYTES = 65536;
    private static final int FEW = 16;

    private final LoopThread thread;
    private @Nullable ByteBuffer[] spare = new ByteBuffer[4];
    private int spares;
    private int lent; // those that were never returned count, too
    private @Nullable ByteBuffer readBuffer; // from the first use on

    BufferPool(LoopThread thread) {
        this.thread = thread;
    }

    /** Returns true if the calling thread is the one that the loop, and so these buffers, belong to. Any thread. */
    public boolean belongToThisThread() {
        return thread.isOwner();
    }

    /** Returns the one buffer for reading, cleared. */
    public ByteBuffer readBuffer() {
        thread.check();
        if (readBuffer == null) {
            readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        }
        return readBuffer.clear();
    }

    /** Lends a buffer, cleared. */
    public ByteBuffer borrow() {
        thread.check();
        lent++;
        if (spares == 0) {
            return ByteBuffer.allocateDirect(BUFFER_BYTES);
        }
        ByteBuffer buffer = requireNonNull(spare[--spares]);
        spare[spares] = null;
        return buffer.clear();
    }

    /**
     * Takes a buffer back.
     *
     * @throws IllegalArgumentException if it was not borrowed, or was returned before
     */
    public void giveBack(ByteBuffer buffer) {
        thread.check();
        if (buffer.capacity() != BUFFER_BYTES || !buffer.isDirect() || isSpare(buffer)) {
            throw new IllegalArgumentException("not a buffer that is lent now: " + buffer);
        }
        lent--;
        if (spares == spare.length) {
            spare = Arrays.copyOf(spare, 2 * spares);
        }
        spare[spares++] = buffer;
        while (spares > FEW && spares > lent) {
            spare[--spares] = null;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same buffer is meant, not one with the same bytes
    private boolean isSpare(ByteBuffer buffer) {
        boolean found = buffer == readBuffer;
        for (int i = 0; i < spares && !found; i++) {
            found = spare[i] == buffer;
        }
        return found;
    }
}
