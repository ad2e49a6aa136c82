// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.EchoClient;
import org.asyncore.benchmarks.contenders.EchoServer;
import org.asyncore.benchmarks.contenders.Load;
import org.asyncore.benchmarks.contenders.LoopLines;
import org.asyncore.benchmarks.contenders.NettyEcho;
import org.asyncore.benchmarks.contenders.NettyLines;
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
 * Lines in, lines out, over 16 connections: as {@link EchoBenchmark}, but the server cuts what it receives into lines, and
 * sends each back by itself. One operation is a message of so many lines.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {Jvm.COLLECTOR, Jvm.HEAP, Jvm.NO_LEAK_DETECTION})
public class ChatBenchmark {
    private static final int BATCH = 64;
    private static final int CONNECTIONS = 16;

    @Param({
        "netty-nio",
        "netty-epoll",
        "netty-kqueue", //
        "nio/gathering",
        "nio/plain",
        "epoll/gathering",
        "epoll/plain",
        "kqueue/gathering",
        "kqueue/plain"
    })
    String subject = "";

    /** Lines of a message. */
    @Param({"1", "16", "256"})
    int lines;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private EchoServer server;

    @SuppressWarnings("NullAway.Init") // likewise
    private EchoClient client;

    @Setup
    public void open() throws Exception {
        server = switch (Subjects.poller(subject)) {
            case "netty-epoll", "netty-kqueue", "netty-nio" -> new NettyEcho(subject, new NettyLines());
            default ->
                new LoopLines(Subjects.loop(subject), Subjects.variant(subject).equals("gathering"));
        };
        client = new EchoClient(server.address(), new Load(CONNECTIONS, lines * EchoClient.LINE_BYTES));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void lines(ServerCpu cpu) throws Exception {
        cpu.watch(server.thread());
        client.echo(BATCH);
    }

    @TearDown
    public void close() throws Exception {
        client.close();
        server.close();
    }
}
