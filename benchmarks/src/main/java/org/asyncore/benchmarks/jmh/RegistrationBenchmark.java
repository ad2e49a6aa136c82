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

/** Coming and going: 100 sockets leave, there is a turn, they join, there is another. One operation is one that left and joined. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {Jvm.COLLECTOR, Jvm.HEAP, Jvm.NO_LEAK_DETECTION})
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
    private Contender contender;

    @Setup
    public void open() throws Exception {
        contender = Subjects.contender(subject);
        contender.open(SOURCES);
    }

    @Benchmark
    @OperationsPerInvocation(SOURCES)
    public void leaveAndJoin() throws Exception {
        for (int i = 0; i < SOURCES; i++) {
            contender.leave(i);
        }
        contender.turn();
        for (int i = 0; i < SOURCES; i++) {
            contender.join(i);
        }
        contender.turn();
    }

    @TearDown
    public void close() throws Exception {
        contender.close();
    }
}
