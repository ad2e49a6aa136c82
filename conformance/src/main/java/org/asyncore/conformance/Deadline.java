// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Waits for what must come, long enough for the slowest machine. */
final class Deadline {
    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);

    /** What is waited for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    static void await(String what, Condition condition) throws IOException {
        Deadline deadline = new Deadline();
        while (!condition.holds()) {
            deadline.check(what);
            pause();
        }
    }

    /** Lets the others run who make it come. */
    static void pause() {
        LockSupport.parkNanos(100_000);
    }

    /** Fails when the time is over. */
    void check(String what) {
        if (remainingNanos() <= 0) {
            Assertions.fail("never came: " + what);
        }
    }

    long remainingNanos() {
        return end - System.nanoTime();
    }
}
