// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.EchoLoad;
import org.asyncore.benchmarks.contenders.EchoLoadClient;
import org.asyncore.benchmarks.contenders.LoopLineServer;
import org.asyncore.benchmarks.contenders.MeasuredServer;
import org.asyncore.benchmarks.contenders.NettyEchoServer;
import org.asyncore.benchmarks.contenders.NettyLineInitializer;
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
 * Echoes lines over 16 connections. It is like {@link EchoBenchmark}, but the server cuts its input into lines and sends
 * each line back by itself. One operation is a message of {@link #lines} lines.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {JvmFlags.COLLECTOR, JvmFlags.HEAP, JvmFlags.NO_LEAK_DETECTION})
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

    /** The number of lines in a message. */
    @Param({"1", "16", "256"})
    int lines;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private MeasuredServer server;

    @SuppressWarnings("NullAway.Init") // open() runs first
    private EchoLoadClient client;

    @Setup
    public void open() throws Exception {
        server = switch (Subjects.poller(subject)) {
            case "netty-epoll", "netty-kqueue", "netty-nio" -> new NettyEchoServer(subject, new NettyLineInitializer());
            default ->
                LoopLineServer.start(
                        Subjects.loop(subject), Subjects.variant(subject).equals("gathering"));
        };
        client = new EchoLoadClient(server.address(), new EchoLoad(CONNECTIONS, lines * EchoLoadClient.LINE_BYTES));
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
