// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A sum of times. One thread starts and stops it. Any thread reads it, also while it runs, and never reads less than
 * was read before.
 */
final class Stopwatch {
    /**
     * Stopped: the sum in nanoseconds, times 2. Running: the sum less the time of the start, times 2 plus 1. The state
     * and the sum are in one word, so that a reader never sees one without the other.
     */
    private final AtomicLong word = new AtomicLong();

    private final AtomicLong reported = new AtomicLong(); // the greatest sum that was read; readers write it
    private long begin; // of the last start; only the thread that starts and stops it uses this

    /** Starts it, if it is not running. */
    void start(long now) {
        long value = word.getPlain();
        if (!isRunning(value)) {
            begin = now;
            word.setOpaque(((value >> 1) - now) << 1 | 1);
        }
    }

    /** Stops it. Returns the nanoseconds since the start, or 0 if it was not running. */
    long stop(long now) {
        long value = word.getPlain();
        if (!isRunning(value)) {
            return 0;
        }
        word.setOpaque(((value >> 1) + now) << 1);
        return now - begin;
    }

    /** Returns true if it is running. Any thread. */
    boolean isRunning() {
        return isRunning(word.getOpaque());
    }

    /**
     * Returns the sum in nanoseconds, with the time since the start if it is running. Any thread. The thread that stops
     * it looks at the clock before it writes, so a reader in between is ahead of it.
     */
    long nanos() {
        long value = word.getOpaque();
        long sum = isRunning(value) ? (value >> 1) + System.nanoTime() : value >> 1;
        return reported.accumulateAndGet(sum, Math::max);
    }

    private static boolean isRunning(long word) {
        return (word & 1) != 0;
    }
}
