// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncore.benchmarks.contenders.NettyGroup;
import org.asyncore.benchmarks.contenders.ServerThread;
import org.asyncore.benchmarks.contenders.Subjects;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Passes tasks to a loop from one thread, and from four at once. One operation is one task that was queued and has run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
public class WakeupBenchmark {
    @Param({"queue", "netty-nio", "netty-epoll", "netty-kqueue", "nio/execute", "epoll/execute", "kqueue/execute"})
    String subject = "";

    /** The number of tasks that a producer may have queued. If it is 1, every task wakes a loop that sleeps. */
    @Param({"1", "1024"})
    int ahead;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private Executor executor;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private AutoCloseable closing;

    @Setup
    public void open() throws Exception {
        switch (Subjects.poller(subject)) {
            case "queue" -> {
                ExecutorService service = Executors.newSingleThreadExecutor(); // over a LinkedBlockingQueue
                executor = service;
                closing = service::shutdown;
            }
            case "netty-nio", "netty-epoll", "netty-kqueue" -> {
                MultiThreadIoEventLoopGroup group = NettyGroup.open(subject);
                executor = group.next();
                closing = () -> NettyGroup.close(group);
            }
            default -> {
                ServerThread worker = new ServerThread(Subjects.loop(subject), loop -> {});
                executor = worker;
                closing = worker;
            }
        }
    }

    @Benchmark
    @Threads(1)
    public void one(Producer producer) {
        producer.queueTask(executor, ahead);
    }

    @Benchmark
    @Threads(4)
    public void four(Producer producer) {
        producer.queueTask(executor, ahead);
    }

    @TearDown
    public void close() throws Exception {
        closing.close();
    }

    /** A thread that queues tasks, and waits while {@link #ahead} of them have not run. */
    @State(Scope.Thread)
    public static class Producer {
        private final AtomicLong ran = new AtomicLong();
        private final Runnable task = this::ran;
        private long queued;

        private void ran() {
            ran.lazySet(ran.getPlain() + 1);
        }

        @SuppressWarnings(
                "ThreadPriorityCheck") // spinning would starve the loop where cores are few, and sleeping is slow
        void queueTask(Executor executor, int ahead) {
            while (queued - ran.get() >= ahead) {
                Thread.yield();
            }
            queued++;
            executor.execute(task);
        }
    }
}
