// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedDispatcher;
import org.asyncore.scripted.ScriptedStream;
import org.junit.jupiter.api.Test;

/** Tests the statistics that depend on the poller's reports. */
final class LoopStatisticsTest {
    private final List<String> log = new ArrayList<>();
    private final ScriptedBackend backend = new ScriptedBackend();

    @Test
    void urgentReadsAreCounted() {
        try (Loop loop = backend.open(InterestPolicy.EVERY_TURN)) {
            ScriptedStream channel = new ScriptedStream("a");
            loop.add(new ScriptedDispatcher("a", log), channel);
            backend.poller.then(() -> backend.poller.reportUrgent(channel));
            loop.runOnce(Duration.ZERO);
            assertEquals(1, log.stream().filter("a urgent"::equals).count(), log::toString);
            assertEquals(1, loop.statistics().urgentReads());
        }
    }
}
