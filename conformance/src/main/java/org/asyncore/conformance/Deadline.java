// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** A limit for waiting, long enough for the slowest machine. */
final class Deadline {
    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);

    /** A condition that a test waits for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits until a condition is true, and fails if that takes too long. */
    static void await(String what, Condition condition) throws IOException {
        Deadline deadline = new Deadline();
        while (!condition.holds()) {
            deadline.check(what);
            pause();
        }
    }

    /** Sleeps briefly, so that other threads can run. */
    static void pause() {
        LockSupport.parkNanos(100_000);
    }

    /** Fails if the limit has passed. */
    void check(String what) {
        if (remainingNanos() <= 0) {
            Assertions.fail("did not happen in time: " + what);
        }
    }

    long remainingNanos() {
        return end - System.nanoTime();
    }
}
