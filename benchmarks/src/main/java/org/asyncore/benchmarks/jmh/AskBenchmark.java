// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.asyncore.Loop;
import org.asyncore.SocketType;
import org.asyncore.benchmarks.contenders.IdleDispatcher;
import org.asyncore.benchmarks.contenders.LoopWatcher;
import org.asyncore.benchmarks.contenders.Subjects;
import org.asyncore.channels.StreamChannel;
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
 * Asks the predicates of 1,000 dispatchers of five classes, in a turn without events. One operation is one dispatcher.
 * With {@code on-change} none is asked, so that is the cost of an empty turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
public class AskBenchmark {
    private static final int DISPATCHERS = 1000;

    @Param({
        "nio/every-turn",
        "nio/on-change",
        "epoll/every-turn",
        "epoll/on-change",
        "kqueue/every-turn",
        "kqueue/on-change"
    })
    String subject = "";

    @SuppressWarnings("NullAway.Init") // open() runs first
    private Loop loop;

    @Setup
    public void open() throws Exception {
        loop = Subjects.loop(subject)
                .interestPolicy(Subjects.policy(Subjects.variant(subject)))
                .open();
        new IdleDispatcher(loop).createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        List<StreamChannel> channels = LoopWatcher.pairs(Subjects.poller(subject), DISPATCHERS);
        for (int i = 0; i < DISPATCHERS; i++) {
            PredicateStyles.join(loop, channels.get(i), i);
        }
    }

    @Benchmark
    @OperationsPerInvocation(DISPATCHERS)
    public void ask() {
        loop.runOnce(Duration.ZERO);
    }

    @TearDown
    public void close() {
        loop.close();
    }
}
