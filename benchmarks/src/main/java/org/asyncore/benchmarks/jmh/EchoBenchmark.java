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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Echoes messages between a client and a server thread over loopback TCP. One operation is one message and its echo. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
public class EchoBenchmark {
    private static final int BATCH = 64;

    @Param({
        "selector",
        "netty-nio",
        "netty-epoll",
        "netty-kqueue", //
        "nio/direct",
        "nio/asyncore",
        "epoll/direct",
        "epoll/asyncore",
        "kqueue/direct",
        "kqueue/asyncore"
    })
    String subject = "";

    /** The number of connections, and the bytes of a message. */
    @Param({"1x64", "64x64", "1000x64", "1x16384", "64x16384", "1000x16384"})
    String load = "";

    @SuppressWarnings("NullAway.Init") // open() runs first
    private MeasuredServer server;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private EchoLoadClient client;

    @Setup
    public void open() throws Exception {
        server = MeasuredServer.start(subject, Duration.ZERO);
        client = new EchoLoadClient(server.address(), EchoLoad.of(load));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void echo(ServerCpu cpu) throws Exception {
        cpu.watch(server.thread());
        client.echo(BATCH);
    }

    @TearDown
    public void close() throws Exception {
        client.close();
        server.close();
    }
}
