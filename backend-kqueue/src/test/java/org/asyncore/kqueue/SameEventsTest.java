// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.asyncore.InterestPolicy;
import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that a program has the same events on every poller. */
@Timeout(300)
final class SameEventsTest {
    private static final long SEED = 20261123;
    private static final int CONNECTIONS = 200;
    private static final int STEPS = 1500;

    @Test
    void dispatchersRecordTheSameEventsOnEveryPoller() throws IOException {
        Pollers.assumeAvailable(KQueueUnderTest.backend());
        Map<String, List<String>> reference = null;
        List<String> played = new ArrayList<>();
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            for (InterestPolicy policy : InterestPolicy.values()) {
                if (backend.unavailabilityCause() == null) {
                    Map<String, List<String>> notes = play(backend, policy);
                    reference = reference == null ? notes : reference;
                    played.add(backend.name() + " " + policy);
                    assertSame(reference, notes, played);
                }
            }
        }
        assertTrue(played.contains("nio EVERY_TURN") && played.contains("kqueue ON_CHANGE"), played.toString());
    }

    private static Map<String, List<String>> play(Backend backend, InterestPolicy policy) throws IOException {
        try (RandomizedScenario scenario = new RandomizedScenario(backend, policy, SEED)) {
            return scenario.play(CONNECTIONS, STEPS);
        }
    }

    private static void assertSame(
            Map<String, List<String>> expected, Map<String, List<String>> actual, List<String> played) {
        assertEquals(expected.keySet(), actual.keySet(), played.toString());
        expected.forEach((name, events) ->
                assertEquals(events, actual.get(name), () -> name + " on the last of " + played + ", seed " + SEED));
    }
}
