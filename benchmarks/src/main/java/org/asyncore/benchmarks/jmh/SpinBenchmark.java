// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.EchoClient;
import org.asyncore.benchmarks.contenders.EchoServer;
import org.asyncore.benchmarks.contenders.Load;
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

/**
 * One connection that echoes 64 bytes: what looking for a while before blocking buys, and what it costs. The Selector that
 * spins never blocks at all.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {Jvm.COLLECTOR, Jvm.HEAP, Jvm.NO_LEAK_DETECTION})
public class SpinBenchmark {
    private static final Load LOAD = new Load(1, 64);

    @Param({"selector", "nio/direct", "epoll/direct", "kqueue/direct"})
    String subject = "";

    /** How long it looks without blocking. */
    @Param({"0", "50"})
    int spinMicros;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private EchoServer server;

    @SuppressWarnings("NullAway.Init") // likewise
    private EchoClient client;

    @Setup
    public void open() throws Exception {
        server = EchoServer.start(subject, Duration.ofNanos(spinMicros * 1000L));
        client = new EchoClient(server.address(), LOAD);
    }

    @Benchmark
    public void echo(ServerCpu cpu) throws Exception {
        cpu.watch(server.thread());
        client.echo(1);
    }

    @TearDown
    public void close() throws Exception {
        client.close();
        server.close();
    }
}
