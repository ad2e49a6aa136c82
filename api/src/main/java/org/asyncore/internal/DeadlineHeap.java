// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap by time. An entry whose time becomes later keeps its place until that comes up, and is moved then. So an
 * idle timeout that every message pushes back costs no move.
 */
final class DeadlineHeap {
    private static final int LARGE = 1024;

    private @Nullable Deadline[] heap = new Deadline[16];
    private int size;

    int size() {
        return size;
    }

    /** Adds an entry that is not in the heap. */
    void add(Deadline entry) {
        place(entry);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, entry);
    }

    /** Removes an entry that is in the heap. */
    void remove(Deadline entry) {
        int hole = entry.index;
        entry.index = -1;
        Deadline last = at(--size);
        heap[size] = null;
        if (last != entry) {
            down(hole, last);
            if (last.index == hole) {
                up(hole, last);
            }
        }
    }

    /** Gives memory back after a peak. */
    void trim() {
        if (heap.length > LARGE && size < heap.length / 8) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    /** Returns the entry that is due first, or null if there is none. */
    @Nullable
    Deadline first() {
        if (size == 0) {
            return null;
        }
        Deadline entry = at(0);
        while (entry.keyNanos != entry.dueNanos()) {
            place(entry);
            down(0, entry);
            entry = at(0);
        }
        return entry;
    }

    private static void place(Deadline entry) {
        entry.keyNanos = entry.dueNanos();
        entry.placed();
    }

    private void up(int index, Deadline entry) {
        int i = index;
        while (i > 0) {
            Deadline parent = at((i - 1) >> 1);
            if (!before(entry, parent)) {
                break;
            }
            put(i, parent);
            i = (i - 1) >> 1;
        }
        put(i, entry);
    }

    private void down(int index, Deadline entry) {
        int i = index;
        for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            if (!before(at(child), entry)) {
                break;
            }
            put(i, at(child));
            i = child;
        }
        put(i, entry);
    }

    private void put(int index, Deadline entry) {
        heap[index] = entry;
        entry.index = index;
    }

    private Deadline at(int index) {
        Deadline entry = heap[index];
        assert entry != null;
        return entry;
    }

    private static boolean before(Deadline a, Deadline b) {
        long difference = a.keyNanos - b.keyNanos;
        return difference < 0 || (difference == 0 && a.keyOrder() - b.keyOrder() < 0);
    }
}
