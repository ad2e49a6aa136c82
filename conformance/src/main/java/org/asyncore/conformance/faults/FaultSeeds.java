// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.util.stream.LongStream;

/**
 * The seeds that tests play. The system property {@code asyncore.faults.seeds} sets how many there are, and {@code
 * asyncore.faults.seed} plays one again.
 */
final class FaultSeeds {
    private static final int FIXED_SEEDS = 1;

    private FaultSeeds() {}

    /** A test class that plays a seed. */
    interface Player {
        /** Returns the seed. */
        long seed();
    }

    /** Returns all seeds. */
    static LongStream all() {
        Long one = Long.getLong("asyncore.faults.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Integer.getInteger("asyncore.faults.seeds", FIXED_SEEDS));
    }

    /** Returns true if a property says what to play. */
    static boolean areWanted() {
        return Long.getLong("asyncore.faults.seed") != null || Integer.getInteger("asyncore.faults.seeds") != null;
    }

    /** Returns the command that plays a seed again. */
    static String repeat(String poller, String test, long seed) {
        return "to repeat it: mvn test -pl backend-" + poller + " -am -Dtest='" + test
                + "' -Dsurefire.failIfNoSpecifiedTests=false -Dasyncore.faults.seed=" + seed;
    }
}
