// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.Timers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Sets and postpones timers that do not fire, like most timers, beside many pending ones. One operation is one timer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION, JvmFlags.UNSAFE})
public class TimerBenchmark {
    @Param({"loop", "netty", "netty-wheel", "agrona-wheel"})
    String subject = "";

    @Param({"100", "10000", "1000000"})
    int pending;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private Timers timers;

    private int next;

    @Setup
    public void open() {
        timers = Timers.open(subject);
        timers.fill(pending);
    }

    @Benchmark
    public void scheduleAndCancel() {
        timers.scheduleAndCancel();
    }

    /** Postpones the timers in a scattered order, like that of messages. */
    @Benchmark
    public void rearm() {
        next = (int) ((next + 7919L) % pending);
        timers.rearm(next);
    }

    @TearDown
    public void close() {
        timers.close();
    }
}
