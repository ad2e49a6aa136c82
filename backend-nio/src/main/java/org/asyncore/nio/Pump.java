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

    /** Opens what blocks. */
    interface Opening<T extends Channel> {
        T open() throws IOException;

        /**
         * Lets {@link #open} return that waits for the other side of a FIFO.
         *
         * @param passed whether it has returned, and what it opened is closed again
         */
        default void release(BooleanSupplier passed) throws IOException {}
    }

    private interface Copying<T> {
        void run(T opened) throws IOException;
    }

    private final Channel end;
    private final Opening<?> opening;
    private final Thread thread;

    /** Whether copying has begun, or the file is closed again or was never opened; written by the pump. */
    private volatile boolean passed;

    /** Why the stream ended; written by the pump before it closes the pipe, read by others after they found it so. */
    private volatile @Nullable IOException failure;

    private <T extends Channel> Pump(String name, Channel end, Opening<T> opening, Copying<T> copying) {
        this.end = end;
        this.opening = opening;
        thread = new Thread(() -> run(opening, copying), "asyncore-pump " + name);
        thread.setDaemon(true);
    }

    /** From the stream into the pipe. */
    static <T extends ReadableByteChannel> Pump reading(String name, Opening<T> opening, Pipe.SinkChannel sink) {
        return new Pump(name, sink, opening, in -> copy(in, sink));
    }

    /** From the pipe into the stream. */
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

    private <T extends Channel> void run(Opening<T> opening, Copying<T> copying) {
        try (end) {
            copyOrFail(opening, copying);
        } catch (IOException e) {
            // a pipe's end that cannot be closed has nobody left to be told
        }
    }

    /** A pump that was stopped before it could open its file must take no byte from whoever opens it next. */
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
            opening.release(() -> passed);
        }
    }
}
