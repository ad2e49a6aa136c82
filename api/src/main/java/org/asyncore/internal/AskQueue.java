// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.jspecify.annotations.Nullable;

/** Entries whose dispatchers are to be asked again, in the order in which they were added: a ring that fits the batches. */
final class AskQueue {
    private static final int LARGE = 1024;
    private static final int SPARSE_BATCHES = 64;

    private @Nullable SocketMapEntry[] ring = new SocketMapEntry[64]; // a power of two
    private long added;
    private long taken;
    private int sparse; // batches in a row that filled little of a large ring

    /** Begins a batch. Returns how many entries were ever added: the end of the batch, for {@link #take}. */
    long mark() {
        boolean little = ring.length > LARGE && added - taken < ring.length / 8;
        sparse = little ? sparse + 1 : 0;
        if (sparse == SPARSE_BATCHES) { // a peak is over
            sparse = 0;
            resize(ring.length / 2);
        }
        return added;
    }

    boolean isEmpty() {
        return taken == added;
    }

    void add(SocketMapEntry entry) {
        if (added - taken == ring.length) {
            resize(2 * ring.length);
        }
        ring[index(added++)] = entry;
    }

    /** Takes out the next entry that was added before the mark, or returns null. */
    @Nullable
    SocketMapEntry take(long mark) {
        if (taken >= mark) {
            return null;
        }
        int index = index(taken++);
        SocketMapEntry entry = ring[index];
        ring[index] = null;
        return entry;
    }

    private int index(long n) {
        return (int) (n & (ring.length - 1));
    }

    private void resize(int length) {
        @Nullable SocketMapEntry[] other = new SocketMapEntry[length];
        for (long n = taken; n < added; n++) {
            other[(int) (n & (length - 1))] = ring[index(n)];
        }
        ring = other;
    }
}
