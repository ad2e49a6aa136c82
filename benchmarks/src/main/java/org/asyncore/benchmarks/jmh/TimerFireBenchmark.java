// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.Timers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Timers that fire: 100 are set and run in one turn, beside many that wait. One operation is one timer set and run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {Jvm.COLLECTOR, Jvm.HEAP, Jvm.NO_LEAK_DETECTION, Jvm.UNSAFE})
public class TimerFireBenchmark {
    @Param({"loop", "netty", "agrona-wheel"})
    String subject = "";

    @Param({"100", "10000", "1000000"})
    int pending;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private Timers timers;

    @Setup
    public void open() {
        timers = Timers.open(subject);
        timers.fill(pending);
    }

    @Benchmark
    @OperationsPerInvocation(Timers.BATCH)
    public void fire() {
        timers.fire();
    }

    @TearDown
    public void close() {
        timers.close();
    }
}
