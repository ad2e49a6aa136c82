// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.util.concurrent.Executor;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.SocketType;

/** A thread that runs a loop until it is closed. */
public final class ServerThread implements Executor, AutoCloseable {
    /** The name of each server's thread. Linux keeps only 15 characters. */
    public static final String NAME = "bench-server";

    private final Loop loop;
    private final Thread thread;

    /** Adds dispatchers to a loop before it runs. */
    public interface Preparation {
        void prepare(Loop loop) throws IOException;
    }

    public ServerThread(LoopBuilder builder, Preparation preparation) throws IOException {
        loop = builder.open();
        new IdleDispatcher(loop).createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        preparation.prepare(loop);
        thread = start(loop::run);
    }

    static Thread start(Runnable server) {
        Thread thread = new Thread(server, NAME);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void close() throws IOException {
        loop.stop();
        join(thread);
        loop.close();
    }
}
