// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of mails, one file each: written in {@code tmp}, and moved to {@code new} once they are on the disk.
 *
 * <p>Disk operations block, so a few worker threads run them, those of one mail always the same thread. The outcome
 * goes back to the loop.
 */
final class Maildir {
    private static final int WORKERS = 8; // several, because a disk forces several files about as fast as one
    private static final long CLOSE_TIMEOUT_SECONDS = 60;

    private final Path folder;
    private final String host;
    private final Executor loop;
    private final @Nullable FileChannel entries; // of the folder new; null where folders cannot be forced
    private final List<ExecutorService> workers =
            Stream.generate(Maildir::worker).limit(WORKERS).toList();
    private long drafts; // made so far

    /**
     * Opens the folder, and creates what is missing.
     *
     * @param host the end of each file's name
     * @param loop runs the callbacks with the outcomes
     */
    Maildir(Path folder, String host, Executor loop) throws IOException {
        this.folder = folder;
        this.host = host.replace('/', '_').replace(':', '_');
        this.loop = loop;
        for (String part : List.of("tmp", "new", "cur")) {
            Files.createDirectories(folder.resolve(part));
        }
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        entries = windows ? null : FileChannel.open(folder.resolve("new"), StandardOpenOption.READ);
    }

    private static ExecutorService worker() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "maildir");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns a new mail with a unique name. Nothing is on disk yet. */
    MailFile draft() {
        Instant now = Instant.now();
        String id = now.getEpochSecond() + ".M" + now.getNano() / 1000 + "P"
                + ProcessHandle.current().pid() + "Q" + ++drafts + "." + host;
        Executor worker = workers.get((int) (drafts % WORKERS));
        return new MailFile(id, folder, entries, worker, loop);
    }

    /** Waits until the pending work is done, and closes the folder. */
    void close() throws IOException {
        workers.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService worker : workers) {
                worker.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (entries != null) {
            entries.close();
        }
    }
}
