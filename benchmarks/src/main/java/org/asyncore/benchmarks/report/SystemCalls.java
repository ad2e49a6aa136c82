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
import org.asyncore.benchmarks.contenders.EchoLoad;
import org.asyncore.benchmarks.contenders.EchoLoadClient;
import org.asyncore.benchmarks.contenders.MeasuredServer;
import org.asyncore.benchmarks.contenders.ServerThread;
import org.asyncore.benchmarks.contenders.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the system calls that a server's thread makes for each message at full speed, by the kernel's tracepoints and
 * {@code perf stat}. Works on Linux only, and needs root or {@code kernel.perf_event_paranoid} below 0.
 */
final class SystemCalls {
    private static final List<String> SUBJECTS = List.of(
            "selector", "netty-nio", "netty-epoll", "nio/direct", "nio/asyncore", "epoll/direct", "epoll/asyncore");
    private static final String ANY = "raw_syscalls:sys_enter";
    private static final String WRITE = "syscalls:sys_enter_write";

    private final double seconds;

    /**
     * Makes a counter.
     *
     * @param seconds the time of counting for each figure
     */
    SystemCalls(double seconds) {
        this.seconds = seconds;
    }

    /** Returns the reason why this host cannot count, or null if it can. */
    static @Nullable String unavailability() {
        try {
            SystemCommand.run("perf", "stat", "-x,", "-e", ANY + "," + WRITE, "true");
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
        try (MeasuredServer server = MeasuredServer.start(subject, Duration.ZERO);
                EchoLoadClient client = new EchoLoadClient(server.address(), EchoLoad.of(load))) {
            client.echo(20_000);
            double calls = callsPerMessage(client);
            return new Figure(
                    "SystemCalls.echo", Map.of("load", load), subject, calls, null, "calls/message", null, null);
        }
    }

    private double callsPerMessage(EchoLoadClient client) throws Exception {
        String threads = serverThread() + "," + currentThread();
        FutureTask<Double> counting = new FutureTask<>(() -> perf(threads));
        new Thread(counting).start();
        while (!counting.isDone()) {
            client.echo(64);
        }
        return counting.get();
    }

    /** Counts for some seconds. The client writes once for each message, so its calls of write(2) are the messages. */
    private double perf(String threads) throws IOException {
        String output = SystemCommand.run(
                "perf", "stat", "-x,", "--per-thread", "-e", ANY + "," + WRITE, "-t", threads, "sleep", "" + seconds);
        double calls = 0;
        double messages = 0;
        for (String line : output.lines().toList()) {
            String[] fields = line.split(",", -1); // name-id, count, unit, event
            boolean server = fields[0].startsWith(ServerThread.NAME);
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
                if (Files.readString(task.resolve("comm")).strip().equals(ServerThread.NAME)) {
                    return task.getFileName().toString();
                }
            }
        }
        throw new IOException("no thread has the name " + ServerThread.NAME);
    }
}
