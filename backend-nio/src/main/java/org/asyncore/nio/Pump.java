// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * Copies between a stream, which can only block, and a pipe, which can be polled, on a daemon thread until either ends.
 * The stream is opened there too, as opening a FIFO waits for the other side.
 */
final class Pump {
    private static final int BUFFER_BYTES = 8192;

    /** Opens what blocks. */
    interface Opening<T extends Closeable> {
        T open() throws IOException;
    }

    private interface Copying {
        void run() throws IOException;
    }

    private final Closeable end;
    private final Thread thread;

    /** Why the stream ended; written by the pump before it closes the pipe, read by others after they found it so. */
    private volatile @Nullable IOException failure;

    private Pump(String name, Closeable end, Copying copying) {
        this.end = end;
        thread = new Thread(() -> run(copying), "asyncore-pump " + name);
        thread.setDaemon(true);
    }

    /** From the stream into the pipe. */
    static Pump reading(String name, Opening<InputStream> opening, Pipe.SinkChannel sink) {
        return new Pump(name, sink, () -> {
            try (InputStream in = opening.open()) {
                copy(in, Channels.newOutputStream(sink));
            }
        });
    }

    /** From the pipe into the stream. */
    static Pump writing(String name, Opening<OutputStream> opening, Pipe.SourceChannel source) {
        return new Pump(name, source, () -> {
            try (OutputStream out = opening.open()) {
                copy(Channels.newInputStream(source), out);
            }
        });
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
            out.write(bytes, 0, n);
        }
    }

    void start() {
        thread.start();
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

    /**
     * Ends the pump, losing what is under way. An interrupt ends reading from a FIFO. It does not end opening one, nor
     * reading standard input: then the thread, a daemon, goes when the other side comes, or input does.
     */
    void stop() throws IOException {
        end.close();
        thread.interrupt();
    }
}
