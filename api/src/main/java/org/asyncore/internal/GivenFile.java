// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FileChannel} that the program opened.
 *
 * <p>All JDKs: an interrupt that is pending, or comes in the middle of a call, closes a file channel. So nothing is called
 * while one is pending. What comes in the middle cannot be helped, but is told.
 */
public final class GivenFile implements RegularFile {
    private final FileChannel file;

    /** Why the file was closed without anybody wanting it. */
    private @Nullable IOException interruption;

    private GivenFile(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes over a file.
     *
     * @throws IllegalArgumentException if it is a pipe, a FIFO or a terminal, which would block the loop
     */
    public static GivenFile of(FileChannel file) {
        GivenFile given = new GivenFile(file);
        given.interruption = requireAlwaysReady(file);
        return given;
    }

    /**
     * Refuses what lseek(2) refuses with ESPIPE, because it cannot be polled: the JDK tells no descriptor's number.
     *
     * @return the failure, if an interrupt closed the file meanwhile
     */
    static @Nullable IOException requireAlwaysReady(FileChannel file) {
        boolean interrupted = Thread.interrupted();
        try {
            file.position(file.position()); // in append mode the first alone asks for the size only
        } catch (ClosedByInterruptException e) {
            return closed(file, e);
        } catch (ClosedChannelException e) {
            // as the first read or write tells
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "a pipe, a FIFO or a terminal would block the loop, open it by its path instead: " + file, e);
        } finally {
            restore(interrupted);
        }
        return null;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        boolean interrupted = suspendInterrupt();
        try {
            return file.read(target);
        } catch (ClosedByInterruptException e) {
            throw closedByInterrupt(e);
        } finally {
            restore(interrupted);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        boolean interrupted = suspendInterrupt();
        try {
            return file.write(source);
        } catch (ClosedByInterruptException e) {
            throw closedByInterrupt(e);
        } finally {
            restore(interrupted);
        }
    }

    private boolean suspendInterrupt() throws IOException {
        if (interruption != null) {
            throw interruption;
        }
        return Thread.interrupted();
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private IOException closedByInterrupt(ClosedByInterruptException cause) {
        IOException told = closed(file, cause);
        interruption = told;
        return told;
    }

    private static IOException closed(FileChannel file, ClosedByInterruptException cause) {
        return new IOException(
                "an interrupt of the loop's thread in the middle of a read or write closed " + file
                        + ": end the loop by stop(), or open the file by its path, which no interrupt closes",
                cause);
    }

    @Override
    public boolean isOpen() {
        return interruption != null || file.isOpen(); // the next read or write tells of an interruption
    }

    @Override
    public void close() throws IOException {
        interruption = null;
        file.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
