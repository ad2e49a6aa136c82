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
 * <p>On all JDKs an interrupt that is pending, or comes in the middle of a call, closes a file channel. So a pending
 * one is set aside during each call. One that comes in the middle of a call closes the file, and this is reported.
 */
public final class GivenFile implements RegularFile {
    private final FileChannel file;

    /** The failure to report after an interrupt has closed the file. */
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
     * Refuses a file that lseek(2) refuses with ESPIPE. It cannot be polled either, because the JDK does not give the
     * number of its descriptor.
     *
     * @return the failure, if an interrupt closed the file meanwhile
     */
    static @Nullable IOException requireAlwaysReady(FileChannel file) {
        boolean interrupted = Thread.interrupted();
        try {
            file.position(file.position()); // in append mode position() alone only asks for the size
        } catch (ClosedByInterruptException e) {
            return closed(file, e);
        } catch (ClosedChannelException e) {
            // the first read or write reports it
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
        IOException failure = closed(file, cause);
        interruption = failure;
        return failure;
    }

    private static IOException closed(FileChannel file, ClosedByInterruptException cause) {
        return new IOException(
                "an interrupt of the loop's thread in the middle of a read or write closed " + file
                        + ": end the loop by stop(), or open the file by its path so that no interrupt closes it",
                cause);
    }

    @Override
    public boolean isOpen() {
        return interruption != null || file.isOpen(); // the next read or write reports an interruption
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
