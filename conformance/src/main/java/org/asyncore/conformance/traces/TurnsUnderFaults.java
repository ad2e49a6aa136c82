// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.LoopStatistics;
import org.asyncore.conformance.faults.FaultyBackend;
import org.asyncore.spi.Backend;

/**
 * Turns of a scenario over a {@link FaultyBackend}. Faults split what is one turn without them, so turns run until
 * nothing is ready.
 */
final class TurnsUnderFaults {
    private static final Duration WAIT = Duration.ofMillis(5);
    private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MOST = 50; // turns for each one that is recorded, because some events never end

    private final FaultyBackend backend;
    private final Trace trace;

    TurnsUnderFaults(FaultyBackend backend, Trace trace) {
        this.backend = backend;
        this.trace = trace;
    }

    /** Returns a backend without faults, for what the driver does outside of the loop. */
    static Backend without(Backend backend) {
        return backend instanceof FaultyBackend faulty ? faulty.wrapped() : backend;
    }

    /**
     * Runs turns until at least {@code expected} of them had an effect and nothing is ready any more. Waits for the
     * expected effects only briefly, because faults may unite turns, too.
     */
    void run(Loop loop, int most, int expected) {
        int eventful = 0;
        long lastEvent = System.nanoTime();
        for (boolean ended = false;
                !ended && eventful < most * MOST && !loop.dispatchers().isEmpty(); ) {
            long before = progress(loop);
            loop.run(WAIT, 1);
            if (progress(loop) > before) {
                eventful++;
                lastEvent = System.nanoTime();
            }
            ended = backend.isQuiet() && (eventful >= expected || System.nanoTime() - lastEvent > PATIENCE_NANOS);
        }
    }

    /** Returns a number that grows with events and with bytes that are received or sent. */
    private long progress(Loop loop) {
        LoopStatistics counts = loop.statistics();
        long events =
                trace.events().stream().filter(event -> !event.isPredicate()).count();
        return events + counts.receivedBytes() + counts.sentBytes();
    }

    /** Checks that all channels were closed. */
    void assertAllClosed() {
        assertEquals(List.of(), backend.open(), "left open");
    }
}
