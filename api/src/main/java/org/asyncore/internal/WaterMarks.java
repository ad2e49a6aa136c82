// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

/** Finds out when queued bytes rise above a high mark, and when they have fallen to a low one after that. */
public final class WaterMarks {
    private long high = Long.MAX_VALUE;
    private long low;
    private boolean above;

    /** Sets both marks. */
    public void set(long high, long low) {
        if (low < 0 || high <= low) {
            throw new IllegalArgumentException(
                    "the low mark must be 0 or more, and the high mark above it: high " + high + ", low " + low);
        }
        this.high = high;
        this.low = low;
    }

    /** Returns true if the bytes rose above the high mark, and have not fallen to the low one since. */
    public boolean isAbove() {
        return above;
    }

    /** Returns true if this number of bytes is the first above the high mark. */
    public boolean hasRisen(long bytes) {
        boolean risen = !above && bytes > high;
        above |= risen;
        return risen;
    }

    /** Returns true if this number of bytes is the first that is down to the low mark. */
    public boolean hasFallen(long bytes) {
        boolean fallen = above && bytes <= low;
        above &= !fallen;
        return fallen;
    }

    /** Resets to an empty queue. {@link #hasFallen} does not report this. */
    public void reset() {
        above = false;
    }
}
