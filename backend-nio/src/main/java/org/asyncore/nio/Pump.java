// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Copies between a file, which can only block, and a pipe, which can be polled, on a daemon thread until either ends.
 * The stream is opened there too, as opening a FIFO waits for the other side.
 */
final class Pump {
    private static final int BUFFER_BYTES = 8192;
    private static final int PAUSE_MILLIS = 10;
    private static final int LAST_BYTES_MILLIS = 10_000;

    /** Opens what blocks. */
    interface Opening<T extends Closeable> {
        T open() throws IOException;

        /** Lets {@link #open} return that waits for the other side of a FIFO. */
        default void release() throws IOException {}
    }

    private interface Copying {
        void run() throws IOException;
    }

    private final Closeable end;
    private final Opening<?> opening;
    private final Thread thread;

    /** Why the stream ended; written by the pump before it closes the pipe, read by others after they found it so. */
    private volatile @Nullable IOException failure;

    private Pump(String name, Closeable end, Copying copying, Opening<?> opening) {
        this.end = end;
        this.opening = opening;
        thread = new Thread(() -> run(copying), "asyncore-pump " + name);
        thread.setDaemon(true);
    }

    /** From the stream into the pipe. */
    static Pump reading(String name, Opening<? extends ReadableByteChannel> opening, Pipe.SinkChannel sink) {
        return new Pump(
                name,
                sink,
                () -> {
                    try (ReadableByteChannel in = opening.open()) {
                        copy(in, sink);
                    }
                },
                opening);
    }

    /** From the pipe into the stream. */
    static Pump writing(String name, Opening<? extends WritableByteChannel> opening, Pipe.SourceChannel source) {
        return new Pump(
                name,
                source,
                () -> {
                    try (WritableByteChannel out = opening.open()) {
                        copy(source, out);
                    }
                },
                opening);
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

    /** Another process that shares a standard stream may have made it non-blocking: EAGAIN, of which a channel makes 0. */
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

    /** Keeps the process from ending before what is under way has gone; not for ever, as it may have nowhere to go. */
    void finishBeforeExit() {
        new Thread(this::await, thread.getName() + " (last bytes)").start();
    }

    private void await() {
        try {
            thread.join(LAST_BYTES_MILLIS);
        } catch (InterruptedException e) {
            // whoever interrupts this thread wants the process to end
        }
    }

    private void run(Copying copying) {
        try (end) {
            copyOrFail(copying);
        } catch (IOException e) {
            // a pipe's end that cannot be closed has nobody left to be told
        }
    }

    private void copyOrFail(Copying copying) {
        try {
            copying.run();
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Why the stream ended, or null if it came to its end or has not ended. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Ends the pump, losing what is under way. An interrupt ends reading and writing, but not opening a FIFO. */
    void stop() throws IOException {
        end.close();
        thread.interrupt();
        if (thread.isAlive()) {
            opening.release();
        }
    }
}
