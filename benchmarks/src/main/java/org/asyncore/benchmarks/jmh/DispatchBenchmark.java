// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.SocketWatcher;
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
 * Delivers events: in each turn 100 of N sockets are ready. They stay ready because their input is never read, so the
 * result is the cost of the wait and of the way to {@code handleRead}. One operation is one event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
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

    /** The number of sockets that are watched. */
    @Param({"100", "1000", "10000"})
    int n;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private SocketWatcher watcher;

    private long turns;

    @Setup
    public void open() throws Exception {
        watcher = Subjects.watcher(subject);
        watcher.open(n);
        for (int i = 0; i < ACTIVE; i++) {
            watcher.makeReady(i * (n / ACTIVE));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ACTIVE)
    public void turn() throws Exception {
        turns++;
        watcher.turn();
    }

    @TearDown
    public void close() throws Exception {
        long events = watcher.events();
        watcher.close();
        if (events != turns * ACTIVE) {
            throw new IllegalStateException(
                    events + " events in " + turns + " turns, instead of " + ACTIVE + " in each");
        }
    }
}
