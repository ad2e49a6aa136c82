// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.util.concurrent.Executor;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.SocketType;

/** A loop that runs on a thread of its own until it is closed. */
public final class Worker implements Executor, AutoCloseable {
    /** Of every thread that serves; Linux shows no more than 15 characters. */
    public static final String NAME = "bench-server";

    private final Loop loop;
    private final Thread thread;

    /** Puts dispatchers into a loop before it runs. */
    public interface Preparation {
        void prepare(Loop loop) throws IOException;
    }

    public Worker(LoopBuilder builder, Preparation preparation) throws IOException {
        loop = builder.open();
        new Idle(loop).createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
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
