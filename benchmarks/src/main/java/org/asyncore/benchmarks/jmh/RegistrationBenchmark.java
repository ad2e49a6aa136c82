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

/** Removes 100 sockets, runs a turn, adds them again and runs another turn. One operation is one socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
public class RegistrationBenchmark {
    private static final int SOURCES = 100;

    @Param({
        "selector",
        "netty-nio",
        "netty-epoll",
        "netty-kqueue",
        "nio/every-turn",
        "epoll/every-turn",
        "kqueue/every-turn"
    })
    String subject = "";

    @SuppressWarnings("NullAway.Init") // open() runs first
    private SocketWatcher watcher;

    @Setup
    public void open() throws Exception {
        watcher = Subjects.watcher(subject);
        watcher.open(SOURCES);
    }

    @Benchmark
    @OperationsPerInvocation(SOURCES)
    public void leaveAndJoin() throws Exception {
        for (int i = 0; i < SOURCES; i++) {
            watcher.leave(i);
        }
        watcher.turn();
        for (int i = 0; i < SOURCES; i++) {
            watcher.join(i);
        }
        watcher.turn();
    }

    @TearDown
    public void close() throws Exception {
        watcher.close();
    }
}
