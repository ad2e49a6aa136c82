// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies between a file, which can only block, and a pipe, which can be polled, on a daemon thread until either ends.
 * The stream is opened there too, as opening a FIFO waits for the other side.
 */
final class Pump {
    private static final int BUFFER_BYTES = 8192;
    private static final int PAUSE_MILLIS = 10;
    private static final int LAST_BYTES_MILLIS = 10_000;

    /** Opens a file whose opening may block. */
    interface Opening<T extends Channel> {
        T open() throws IOException;

        /**
         * Makes {@link #open} return while it waits for the other side of a FIFO.
         *
         * @param passed returns true when it has returned and its file is closed again
         */
        default void release(BooleanSupplier passed) throws IOException {}
    }

    private interface Copying<T> {
        void run(T opened) throws IOException;
    }

    private final Channel end;
    private final Opening<?> opening;
    private final Thread thread;

    /** True when copying has begun, or the file is closed again or was never opened; written by the pump's thread. */
    private volatile boolean passed;

    /** The reason for an early end; written by the pump's thread before it closes the pipe, read by others after that. */
    private volatile @Nullable IOException failure;

    private <T extends Channel> Pump(String name, Channel end, Opening<T> opening, Copying<T> copying) {
        this.end = end;
        this.opening = opening;
        thread = new Thread(() -> run(opening, copying), "asyncore-pump " + name);
        thread.setDaemon(true);
    }

    /** Returns a pump from a file into a pipe. */
    static <T extends ReadableByteChannel> Pump reading(String name, Opening<T> opening, Pipe.SinkChannel sink) {
        return new Pump(name, sink, opening, in -> copy(in, sink));
    }

    /** Returns a pump from a pipe into a file. */
    static <T extends WritableByteChannel> Pump writing(String name, Opening<T> opening, Pipe.SourceChannel source) {
        return new Pump(name, source, opening, out -> copy(source, out));
    }

    private static void copy(ReadableByteChannel in, WritableByteChannel out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes.clear())) {
            pauseUnless(n > 0);
            bytes.flip();
            while (bytes.hasRemaining()) {
                pauseUnless(out.write(bytes) > 0);
            }
        }
    }

    /** Waits after a 0, a channel's word for EAGAIN: a process that shares a standard stream may have made it non-blocking. */
    private static void pauseUnless(boolean progress) throws IOException {
        if (!progress) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new ClosedByInterruptException(); // by stop()
            }
        }
    }

    void start() {
        thread.start();
    }

    /** Keeps the process running until the bytes in the pipe are written; at most 10 s, because they may never be read. */
    void finishBeforeExit() {
        new Thread(this::await, thread.getName() + " (last bytes)").start();
    }

    private void await() {
        try {
            thread.join(LAST_BYTES_MILLIS);
        } catch (InterruptedException e) {
            // an interrupt of this thread asks the process to end
        }
    }

    private <T extends Channel> void run(Opening<T> opening, Copying<T> copying) {
        try (end) {
            copyOrFail(opening, copying);
        } catch (IOException e) {
            // no thread is left to which a failing close of the pipe's end could be reported
        }
    }

    /** Copies, unless the pump was stopped before it could open its file: then it must take no byte from the next opener. */
    private <T extends Channel> void copyOrFail(Opening<T> opening, Copying<T> copying) {
        if (!end.isOpen()) {
            passed = true;
            return;
        }
        try (T opened = opening.open()) {
            if (end.isOpen()) {
                passed = true;
                copying.run(opened);
            }
        } catch (IOException e) {
            failure = e;
        } finally {
            passed = true;
        }
    }

    /** Returns the reason for an early end, or null if the file came to its end or has not ended. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Ends the pump; bytes in the pipe are lost. An interrupt ends reading and writing, but not the opening of a FIFO. */
    void stop() throws IOException {
        end.close();
        thread.interrupt();
        if (thread.isAlive()) {
            opening.release(() -> passed);
        }
    }
}
