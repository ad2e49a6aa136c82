// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class StopwatchTest {
    private final Stopwatch watch = new Stopwatch();

    @Test
    void timesBetweenStartsAndStopsAreAdded() {
        watch.start(-1_000);
        assertEquals(7, watch.stop(-993));
        watch.start(50);
        assertEquals(3, watch.stop(53));
        assertEquals(10, watch.nanos());
    }

    @Test
    void sumIncludesTheTimeSinceTheStart() {
        long begin = System.nanoTime();
        watch.start(begin - 1_000_000);
        long sum = watch.nanos();
        assertTrue(sum >= 1_000_000 && sum <= System.nanoTime() - begin + 1_000_000, "nanoseconds: " + sum);
    }

    @Test
    void secondStartAndSecondStopDoNothing() {
        watch.start(10);
        watch.start(20);
        assertEquals(20, watch.stop(30));
        assertEquals(0, watch.stop(40));
        assertEquals(20, watch.nanos());
    }

    @Test
    void watchRunsFromStartToStop() {
        assertFalse(watch.isRunning());
        watch.start(10);
        assertTrue(watch.isRunning());
        watch.stop(20);
        assertFalse(watch.isRunning());
    }
}
