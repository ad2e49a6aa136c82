// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncore.Loop;

/** Runs a loop until a condition holds, under a deadline for the slowest machine. */
final class LoopAwait {
    private static final long DEADLINE_SECONDS = 60;

    private LoopAwait() {}

    /** A condition that a test waits for. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Loop loop, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "the condition was not met in time");
            loop.runOnce(Duration.ofMillis(20));
        }
    }

    /** Returns the number of turns that a loop makes in that time. */
    static int turns(Loop loop, Duration time) {
        AtomicBoolean over = new AtomicBoolean();
        loop.schedule(time, () -> over.set(true));
        int turns = 0;
        while (!over.get()) {
            loop.runOnce(Duration.ofHours(1));
            turns++;
        }
        return turns;
    }
}
