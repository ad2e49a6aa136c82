// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.EchoLoad;
import org.asyncore.benchmarks.contenders.EchoLoadClient;
import org.asyncore.benchmarks.contenders.MeasuredServer;
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
 * Echoes 64 bytes over one connection. The server polls without blocking for some time before it blocks. The Selector with
 * a time other than 0 never blocks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
public class SpinBenchmark {
    private static final EchoLoad LOAD = new EchoLoad(1, 64);

    @Param({"selector", "nio/direct", "epoll/direct", "kqueue/direct"})
    String subject = "";

    /** The time that the server polls without blocking. */
    @Param({"0", "50"})
    int spinMicros;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private MeasuredServer server;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private EchoLoadClient client;

    @Setup
    public void open() throws Exception {
        server = MeasuredServer.start(subject, Duration.ofNanos(spinMicros * 1000L));
        client = new EchoLoadClient(server.address(), LOAD);
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
