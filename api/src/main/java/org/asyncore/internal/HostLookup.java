// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.HostResolver;

/** The resolving of one name, by a daemon thread. The threads are few, so that a resolver that hangs keeps few. */
final class HostLookup implements Runnable {
    /** Gets the outcome, on the loop's thread. It may come after {@link #cancel}. */
    interface Outcome {
        void resolved(List<InetAddress> addresses);

        void unresolved(Throwable reason);
    }

    private static final int MAX_THREADS = 16;
    private static final int IDLE_SECONDS = 10; // then a thread ends
    private static final AtomicInteger STARTED = new AtomicInteger(); // threads, for their names
    private static final ThreadPoolExecutor THREADS = threads();

    private final HostResolver resolver;
    private final String host;
    private final Executor loop;
    private final Outcome outcome;
    private final FutureTask<?> task = new FutureTask<>(this, null);

    HostLookup(HostResolver resolver, String host, Executor loop, Outcome outcome) {
        this.resolver = resolver;
        this.host = host;
        this.loop = loop;
        this.outcome = outcome;
    }

    private static ThreadPoolExecutor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "asyncore resolver " + STARTED.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null); // so that it keeps no application from being unloaded
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    void begin() {
        THREADS.execute(task);
    }

    /** Interrupts the resolver, or forgets the name if no thread has begun to resolve it. */
    void cancel() {
        task.cancel(true);
        THREADS.remove(task);
    }

    @Override
    public void run() {
        Runnable report;
        try {
            List<InetAddress> addresses = List.copyOf(resolver.resolve(host));
            report = () -> outcome.resolved(addresses);
        } catch (Exception | Error e) {
            report = () -> outcome.unresolved(e);
        }
        try {
            loop.execute(report);
        } catch (RejectedExecutionException e) {
            // the loop is closed, and with it the dispatcher
        }
    }
}
