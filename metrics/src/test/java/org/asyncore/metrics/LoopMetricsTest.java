// SPDX-License-Identifier: Apache-2.0
package org.asyncore.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.asyncore.LoopStatistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoopMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BusyLoop busy;

    LoopMetricsTest() throws IOException {
        busy = new BusyLoop();
    }

    @BeforeEach
    void bind() {
        new LoopMetrics(busy.loop, "echo").bindTo(registry);
    }

    @AfterEach
    void close() {
        busy.close();
        registry.close();
    }

    private long counter(String name, String... tags) {
        return (long) count(name, tags);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    @Test
    void metersHaveTheNumbersOfTheStatistics() {
        LoopStatistics now = busy.loop.statistics();
        assertEquals(now.turns(), counter("asyncore.loop.turns"));
        assertEquals(now.reads(), counter("asyncore.loop.events", "type", "read"));
        assertEquals(now.writes(), counter("asyncore.loop.events", "type", "write"));
        assertEquals(now.urgentReads(), counter("asyncore.loop.events", "type", "urgent"));
        assertEquals(2, counter("asyncore.loop.tasks"));
        assertEquals(1, counter("asyncore.loop.timers"));
        assertEquals(now.waits(), counter("asyncore.loop.waits"));
        assertEquals(now.slowHooks(), counter("asyncore.loop.slow.hooks"));
        assertEquals(5, counter("asyncore.loop.received"));
        assertEquals(5, counter("asyncore.loop.sent"));
        assertEquals(2, registry.get("asyncore.loop.dispatchers").gauge().value());
        assertEquals(0, registry.get("asyncore.loop.queued").gauge().value());
        assertTrue(now.turns() > 0 && now.reads() > 1 && now.waits() > 0, now::toString);
    }

    @Test
    void timesAreInSeconds() {
        LoopStatistics now = busy.loop.statistics();
        assertEquals(now.waitTime().toNanos() / 1e9, count("asyncore.loop.wait.time"), 1e-9);
        assertEquals(now.hookTime().toNanos() / 1e9, count("asyncore.loop.hook.time"), 1e-9);
        assertEquals(
                now.longestHookTime().toNanos() / 1e9,
                registry.get("asyncore.loop.hook.time.longest").timeGauge().value(TimeUnit.SECONDS),
                1e-9);
    }

    @Test
    void meterIsTaggedByLoopAndPoller() {
        for (Meter meter : registry.getMeters()) {
            assertEquals("echo", meter.getId().getTag("loop"), meter::toString);
            assertEquals("nio", meter.getId().getTag("poller"), meter::toString);
        }
    }
}
