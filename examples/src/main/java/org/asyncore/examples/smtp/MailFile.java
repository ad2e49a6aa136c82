// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.asyncore.examples.shared.ErrorMessages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a mail to disk. Its methods belong to the loop's thread, and return before the work is done; the outcome is
 * reported in a later turn. A failure leaves no file behind.
 */
final class MailFile {
    private static final Logger LOG = LoggerFactory.getLogger(MailFile.class);

    private final String id;
    private final Path target;
    private final @Nullable FileChannel entries; // of the target's folder
    private final Executor worker;
    private final Executor loop;

    private Path file; // this and the next belong to the worker
    private @Nullable FileChannel channel; // open from the first block to the end

    MailFile(String id, Path folder, @Nullable FileChannel entries, Executor worker, Executor loop) {
        this.id = id;
        this.file = folder.resolve("tmp").resolve(id);
        this.target = folder.resolve("new").resolve(id);
        this.entries = entries;
        this.worker = worker;
        this.loop = loop;
    }

    /** Called with the outcome, on the loop's thread. */
    interface Outcome {
        /** Reports success, or a failure, after which the file is deleted. */
        void done(@Nullable IOException failure);
    }

    private interface Job {
        void run() throws IOException;
    }

    String id() {
        return id;
    }

    /** Appends a block. */
    void write(byte[] block, Outcome outcome) {
        begin(() -> append(block), outcome);
    }

    /** Appends the last block, and delivers the mail. After success a power failure does not lose it. */
    void deliver(byte[] block, Outcome outcome) {
        begin(
                () -> {
                    append(block);
                    finish();
                },
                outcome);
    }

    /** Deletes a mail that is not delivered. */
    void discard() {
        begin(this::drop, failure -> {});
    }

    private void begin(Job job, Outcome outcome) {
        worker.execute(() -> {
            IOException failure = run(job);
            try {
                loop.execute(() -> outcome.done(failure));
            } catch (RejectedExecutionException e) {
                LOG.debug("{}: the loop is closed, the outcome is not reported", id, e);
            }
        });
    }

    // On the worker's thread.

    private @Nullable IOException run(Job job) {
        try {
            job.run();
            return null;
        } catch (IOException e) {
            LOG.warn("cannot store {}: {}", id, ErrorMessages.of(e));
            try {
                drop();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            return e;
        }
    }

    private void append(byte[] block) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        for (ByteBuffer rest = ByteBuffer.wrap(block); rest.hasRemaining(); ) {
            channel.write(rest);
        }
    }

    /** Puts the bytes on disk, then the name, then the folder that has the name. */
    private void finish() throws IOException {
        FileChannel written = requireNonNull(channel);
        written.force(true);
        written.close();
        file = Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        if (entries != null) {
            entries.force(true);
        }
    }

    private void drop() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
