// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.util.concurrent.TimeUnit;

/** A sequence of delays from one to two hours, the same for all contenders. */
final class TimerDelays {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private long state = 42;

    long nextNanos() {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return HOUR + Math.floorMod(state >>> 16, HOUR);
    }
}
