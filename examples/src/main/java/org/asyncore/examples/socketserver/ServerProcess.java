// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server process running. When it ends, another one starts after a pause, which doubles each time while
 * processes end soon.
 */
final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000; // a process that lives longer than this does not end soon

    private final List<String> command;
    private final CompletableFuture<Boolean> listening = new CompletableFuture<>(); // of the first process
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread keeper = new Thread(this::keep, "keeper");
    private volatile @Nullable Process process; // the keeper writes it, and looks at ending afterwards

    ServerProcess(List<String> command) {
        this.command = command;
    }

    void start() {
        keeper.start();
    }

    /** Waits until the first process listens. Returns false if it has ended instead. */
    boolean awaitListening() {
        return listening.join();
    }

    /** Sends SIGTERM, and starts no other process. */
    void end() {
        ending.countDown();
        terminate();
    }

    /** Waits until the process has ended, and kills it after that time. */
    void awaitEnd(long millis) throws InterruptedException {
        keeper.join(Math.max(1, millis));
        Process last = process;
        if (last != null) {
            last.destroyForcibly();
        }
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    private void terminate() {
        Process running = process;
        if (running != null) {
            running.toHandle().destroy();
        }
    }

    private void keep() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!isEnding()) {
                long begin = System.nanoTime();
                String end = run();
                if (listening.complete(false) || isEnding()) {
                    return; // no process has ever listened, or none is wanted any more
                }
                boolean soon = System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS);
                pause = soon ? Math.min(pause, LONGEST_PAUSE_MILLIS) : FIRST_PAUSE_MILLIS;
                LOG.warn("{}; another one starts in {} ms", end, pause);
                ending.await(pause, TimeUnit.MILLISECONDS);
                pause *= 2;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a process, and returns how it has ended. */
    private String run() throws InterruptedException {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process = started;
            if (isEnding()) {
                terminate();
            }
            readOutput(started);
            return "process " + started.pid() + " has ended with exit code " + started.waitFor();
        } catch (IOException e) {
            return "a process cannot be started: " + e.getMessage();
        }
    }

    private void readOutput(Process started) throws IOException {
        try (BufferedReader out = started.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("listening on ")) {
                    listening.complete(true);
                }
            }
        }
    }
}
