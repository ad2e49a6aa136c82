// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.Contender;
import org.asyncore.benchmarks.contenders.Subjects;
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

/**
 * The hot path: a turn in which 100 of N sockets are ready. They stay ready, because what they say is never read; so all
 * that is measured is the wait and the way from there to {@code handleRead}. One operation is one event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {Jvm.COLLECTOR, Jvm.HEAP, Jvm.NO_LEAK_DETECTION})
public class DispatchBenchmark {
    static final int ACTIVE = 100;

    @Param({
        "selector",
        "netty-nio",
        "netty-epoll",
        "netty-kqueue", //
        "nio/on-change",
        "nio/every-turn",
        "epoll/on-change",
        "epoll/every-turn",
        "kqueue/on-change",
        "kqueue/every-turn"
    })
    String subject = "";

    /** How many sockets are watched. */
    @Param({"100", "1000", "10000"})
    int n;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private Contender contender;

    private long turns;

    @Setup
    public void open() throws Exception {
        contender = Subjects.contender(subject);
        contender.open(n);
        for (int i = 0; i < ACTIVE; i++) {
            contender.makeReady(i * (n / ACTIVE));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ACTIVE)
    public void turn() throws Exception {
        turns++;
        contender.turn();
    }

    @TearDown
    public void close() throws Exception {
        long events = contender.events();
        contender.close();
        if (events != turns * ACTIVE) {
            throw new IllegalStateException(events + " events in " + turns + " turns of " + ACTIVE);
        }
    }
}
