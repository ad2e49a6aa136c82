// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.asyncore.benchmarks.contenders.EchoClient;
import org.asyncore.benchmarks.contenders.EchoServer;
import org.asyncore.benchmarks.contenders.Load;
import org.asyncore.benchmarks.contenders.Subjects;
import org.asyncore.benchmarks.contenders.Worker;
import org.jspecify.annotations.Nullable;

/**
 * How many system calls a server's thread makes for each message, at full speed: the kernel's tracepoints count them, by
 * {@code perf stat}. Linux only, and root or {@code kernel.perf_event_paranoid} below 0.
 */
final class SystemCalls {
    private static final List<String> SUBJECTS = List.of(
            "selector", "netty-nio", "netty-epoll", "nio/direct", "nio/asyncore", "epoll/direct", "epoll/asyncore");
    private static final String ANY = "raw_syscalls:sys_enter";
    private static final String WRITE = "syscalls:sys_enter_write";

    private final double seconds;

    /**
     * Counts.
     *
     * @param seconds how long, for each figure
     */
    SystemCalls(double seconds) {
        this.seconds = seconds;
    }

    /** Why this host cannot count, or null if it can. */
    static @Nullable String unavailability() {
        try {
            Command.run("perf", "stat", "-x,", "-e", ANY + "," + WRITE, "true");
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    List<Figure> count(String load) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (String subject : SUBJECTS) {
            if (Subjects.unavailability(subject) == null) {
                figures.add(count(subject, load));
            }
        }
        return figures;
    }

    private Figure count(String subject, String load) throws Exception {
        try (EchoServer server = EchoServer.start(subject, Duration.ZERO);
                EchoClient client = new EchoClient(server.address(), Load.of(load))) {
            client.echo(20_000);
            double calls = callsPerMessage(client);
            return new Figure(
                    "SystemCalls.echo", Map.of("load", load), subject, calls, null, "calls/message", null, null);
        }
    }

    private double callsPerMessage(EchoClient client) throws Exception {
        String threads = serverThread() + "," + currentThread();
        FutureTask<Double> counting = new FutureTask<>(() -> perf(threads));
        new Thread(counting).start();
        while (!counting.isDone()) {
            client.echo(64);
        }
        return counting.get();
    }

    /** The client writes once for each message, so that its calls of write(2) count the messages. */
    private double perf(String threads) throws IOException {
        String output = Command.run(
                "perf", "stat", "-x,", "--per-thread", "-e", ANY + "," + WRITE, "-t", threads, "sleep", "" + seconds);
        double calls = 0;
        double messages = 0;
        for (String line : output.lines().toList()) {
            String[] fields = line.split(",", -1); // name-id, count, unit, event
            boolean server = fields[0].startsWith(Worker.NAME);
            if (fields.length > 3 && server && fields[3].equals(ANY)) {
                calls += Double.parseDouble(fields[1]);
            } else if (fields.length > 3 && !server && fields[3].equals(WRITE)) {
                messages += Double.parseDouble(fields[1]);
            }
        }
        return calls / messages;
    }

    private static String currentThread() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString();
    }

    private static String serverThread() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : (Iterable<Path>) tasks::iterator) {
                if (Files.readString(task.resolve("comm")).strip().equals(Worker.NAME)) {
                    return task.getFileName().toString();
                }
            }
        }
        throw new IOException("no thread is called " + Worker.NAME);
    }
}
