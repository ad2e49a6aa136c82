// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.Arrays;

/**
 * Slots of the {@link SocketMap} that are ready, taken out lowest first: the order in which dispatchers joined,
 * whatever order the poller reported them in. A bit for each slot, and a summary bit for each 64 of them, so that a few
 * ready slots among many thousand are found in a few steps.
 */
final class ReadySet {
    private long[] words = new long[64];
    private long[] summary = new long[1];
    private int first; // no summary word before this one has a bit

    void ensureCapacity(int slots) {
        if (slots > words.length << 6) {
            words = Arrays.copyOf(words, Math.max(words.length << 1, (slots + 63) >> 6));
            summary = Arrays.copyOf(summary, (words.length + 63) >> 6);
        }
    }

    void add(int slot) {
        int word = slot >> 6;
        int group = slot >> 12;
        words[word] |= 1L << slot;
        summary[group] |= 1L << word;
        if (group < first) {
            first = group;
        }
    }

    /** Returns the lowest slot, or -1 if there is none. The slot stays in the set. */
    int peek() {
        while (first < summary.length) {
            long group = summary[first];
            if (group != 0) {
                int word = (first << 6) + Long.numberOfTrailingZeros(group);
                return (word << 6) + Long.numberOfTrailingZeros(words[word]);
            }
            first++;
        }
        return -1;
    }

    /** Takes out the lowest slot and returns it, or returns -1 if there is none. */
    int take() {
        int slot = peek();
        if (slot >= 0) {
            int word = slot >> 6;
            words[word] &= words[word] - 1;
            if (words[word] == 0) {
                summary[first] &= summary[first] - 1;
            }
        }
        return slot;
    }
}
