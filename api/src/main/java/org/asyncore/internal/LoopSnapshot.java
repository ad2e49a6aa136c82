// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.time.Duration;
import org.asyncore.LoopStatistics;

/** The values of {@link LoopCounts} at one time. */
public record LoopSnapshot(
        long turns,
        long reads,
        long writes,
        long urgentReads,
        long tasks,
        long timers,
        long waits,
        long waitNanos,
        long hookNanos,
        long longestNanos,
        long slowHooks,
        int dispatchers,
        long queuedBytes,
        long receivedBytes,
        long sentBytes)
        implements LoopStatistics {
    @Override
    public Duration waitTime() {
        return Duration.ofNanos(waitNanos);
    }

    @Override
    public Duration hookTime() {
        return Duration.ofNanos(hookNanos);
    }

    @Override
    public Duration longestHookTime() {
        return Duration.ofNanos(longestNanos);
    }
}
