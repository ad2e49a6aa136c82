// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.reconnecting;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delays before the next attempts. Each is up to twice as long as the one before, up to a limit. Half of a delay is
 * random, so that many clients that lose a server at once do not come back at once.
 */
final class BackOff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    /**
     * Makes a back-off without failures.
     *
     * @param first the longest delay after the first failure
     * @param longest the limit of all delays
     */
    BackOff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        next = first;
    }

    /** Returns the delay after another failure. */
    Duration afterFailure() {
        long millis = next.toMillis();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }

    /** Begins with the first delay again, because a connection has lasted. */
    void reset() {
        next = first;
    }
}
