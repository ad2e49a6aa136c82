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

/** Changes the interest of 100 sockets in each turn, from reading to none and back. One operation is one change. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
public class InterestBenchmark {
    private static final int SOURCES = 100;

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

    @SuppressWarnings("NullAway.Init") // open() runs first
    private SocketWatcher watcher;

    private boolean reading = true;

    @Setup
    public void open() throws Exception {
        watcher = Subjects.watcher(subject);
        watcher.open(SOURCES);
    }

    @Benchmark
    @OperationsPerInvocation(SOURCES)
    public void change() throws Exception {
        reading = !reading;
        for (int i = 0; i < SOURCES; i++) {
            watcher.interest(i, reading);
        }
        watcher.turn();
    }

    @TearDown
    public void close() throws Exception {
        watcher.close();
    }
}
