// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

/** Tells when something rises above a mark, and then when it is down to a lower one. */
final class WaterMarks {
    private long high = Long.MAX_VALUE;
    private long low;
    private boolean above;

    void set(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Whether it rose above the high mark, and has not been down to the low one since. */
    boolean isAbove() {
        return above;
    }

    boolean hasRisen(long level) {
        boolean risen = !above && level > high;
        above |= risen;
        return risen;
    }

    boolean hasFallen(long level) {
        boolean fallen = above && level <= low;
        above &= !fallen;
        return fallen;
    }

    /** It is down to nothing, and nobody needs to be told. */
    void reset() {
        above = false;
    }
}
