// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.jspecify.annotations.Nullable;

/** Entries whose dispatchers are to be asked again, in the order in which they were added: a ring that grows. */
final class AskQueue {
    private @Nullable SocketMapEntry[] ring = new SocketMapEntry[64]; // a power of two
    private long added;
    private long taken;

    /** Returns how many entries were ever added: the end of a batch, for {@link #take}. */
    long mark() {
        return added;
    }

    boolean isEmpty() {
        return taken == added;
    }

    void add(SocketMapEntry entry) {
        if (added - taken == ring.length) {
            grow();
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

    private void grow() {
        @Nullable SocketMapEntry[] larger = new SocketMapEntry[2 * ring.length];
        for (long n = taken; n < added; n++) {
            larger[(int) (n & (larger.length - 1))] = ring[index(n)];
        }
        ring = larger;
    }
}
