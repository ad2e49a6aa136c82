// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.asyncore.Loop;
import org.asyncore.blocking.BlockingConnection;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Listener;

/** Serves each connection by a handler that blocks, on a thread of its own. */
final class UpperThreads implements Listener.Service {
    private final ExecutorService threads;

    private UpperThreads(ExecutorService threads) {
        this.threads = threads;
    }

    /** Returns a service with threads of the system. */
    static UpperThreads ofSystem() {
        return new UpperThreads(Executors.newCachedThreadPool());
    }

    /** Returns a service with virtual threads. */
    static UpperThreads virtual() throws IOException {
        try { // by reflection, because this is compiled for Java 17
            return new UpperThreads((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (ReflectiveOperationException e) {
            throw new IOException(
                    "this is Java " + Runtime.version().feature()
                            + ", and virtual threads need Java 21 or later: use --mode threads",
                    e);
        }
    }

    @Override
    public void serve(Loop loop, StreamChannel channel) {
        BlockingConnection.serve(loop, channel, threads, UpperThreads::handle);
    }

    /** Answers one request: the handler of Python's page, line by line. */
    private static void handle(BlockingConnection connection) throws IOException {
        byte[] request = new byte[Answer.REQUEST_BYTES];
        int n = connection.inputStream().read(request);
        if (n > 0) {
            connection.outputStream().write(Answer.to(request, n));
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
