// SPDX-License-Identifier: Apache-2.0
package org.asyncore.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.asyncore.Loop;
import org.asyncore.LoopStatistics;

/**
 * Gives the {@link LoopStatistics} of a loop to Micrometer. The meters have the tags {@code loop}, with the name that
 * is given here, and {@code poller}. A registry does not keep the loop from being collected.
 */
public final class LoopMetrics implements MeterBinder {
    private final Loop loop;
    private final Tags tags;

    /** @param name distinguishes the loop from others */
    public LoopMetrics(Loop loop, String name) {
        this.loop = requireNonNull(loop, "loop");
        tags = Tags.of("loop", requireNonNull(name, "name"), "poller", loop.pollerName());
    }

    /** Registers the meters of the loop. May be called from any thread. */
    @Override
    public void bindTo(MeterRegistry registry) {
        bindWork(registry);
        bindTimes(registry);
        bindBytes(registry);
        Gauge.builder("asyncore.loop.dispatchers", loop, of(LoopStatistics::dispatchers))
                .tags(tags)
                .description("Dispatchers in the loop")
                .register(registry);
    }

    private void bindWork(MeterRegistry registry) {
        String events = "Events that dispatchers were served for";
        count(registry, "asyncore.loop.turns", tags, "Turns that began", LoopStatistics::turns);
        count(registry, "asyncore.loop.events", tags.and("type", "read"), events, LoopStatistics::reads);
        count(registry, "asyncore.loop.events", tags.and("type", "write"), events, LoopStatistics::writes);
        count(registry, "asyncore.loop.events", tags.and("type", "urgent"), events, LoopStatistics::urgentReads);
        count(registry, "asyncore.loop.tasks", tags, "Tasks that were run", LoopStatistics::tasks);
        count(registry, "asyncore.loop.timers", tags, "Runs of timers", LoopStatistics::timers);
        count(registry, "asyncore.loop.waits", tags, "Waits that could block", LoopStatistics::waits);
        count(
                registry,
                "asyncore.loop.slow.hooks",
                tags,
                "Hooks, tasks and timers over the threshold",
                LoopStatistics::slowHooks);
    }

    private void bindTimes(MeterRegistry registry) {
        time(registry, "asyncore.loop.wait.time", "Time in waits", LoopStatistics::waitTime);
        time(registry, "asyncore.loop.hook.time", "Time in hooks, tasks and timers", LoopStatistics::hookTime);
        TimeGauge.builder(
                        "asyncore.loop.hook.time.longest",
                        loop,
                        TimeUnit.NANOSECONDS,
                        of(now -> now.longestHookTime().toNanos()))
                .tags(tags)
                .description("Longest time of the hooks, tasks and timers of one turn")
                .register(registry);
    }

    private void bindBytes(MeterRegistry registry) {
        Gauge.builder("asyncore.loop.queued", loop, of(LoopStatistics::queuedBytes))
                .tags(tags)
                .baseUnit(BaseUnits.BYTES)
                .description("Bytes that dispatchers have queued")
                .register(registry);
        bytes(registry, "asyncore.loop.received", "Bytes received", LoopStatistics::receivedBytes);
        bytes(registry, "asyncore.loop.sent", "Bytes sent", LoopStatistics::sentBytes);
    }

    private void count(
            MeterRegistry registry, String name, Tags tags, String text, ToDoubleFunction<LoopStatistics> value) {
        FunctionCounter.builder(name, loop, of(value))
                .tags(tags)
                .description(text)
                .register(registry);
    }

    private void time(MeterRegistry registry, String name, String text, Function<LoopStatistics, Duration> value) {
        FunctionCounter.builder(name, loop, of(now -> value.apply(now).toNanos() / 1e9))
                .tags(tags)
                .baseUnit("seconds")
                .description(text)
                .register(registry);
    }

    private void bytes(MeterRegistry registry, String name, String text, ToDoubleFunction<LoopStatistics> value) {
        FunctionCounter.builder(name, loop, of(value))
                .tags(tags)
                .baseUnit(BaseUnits.BYTES)
                .description(text)
                .register(registry);
    }

    private static ToDoubleFunction<Loop> of(ToDoubleFunction<LoopStatistics> value) {
        return loop -> value.applyAsDouble(loop.statistics());
    }
}
