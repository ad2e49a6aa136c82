// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asyncore.Loop;
import org.asyncore.blocking.BlockingConnection;
import org.asyncore.channels.StreamChannel;

/** A loop that runs on a thread of its own, and threads that block in its connections. */
final class BlockingFixture {
    private static final long DEADLINE_SECONDS = 60;

    private final Loop loop;
    private final CompletableFuture<Void> running;

    /** Lets another thread run the loop until {@link #end}. */
    BlockingFixture(Loop loop) {
        this.loop = loop;
        loop.execute(() -> loop.schedule(Duration.ofHours(1), () -> {})); // so that run() does not return
        running = OtherThread.run(loop::run);
    }

    /** Returns the result of a task that the loop's thread runs. */
    <T> T inLoop(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        loop.execute((Runnable) task);
        return get(task);
    }

    /** Takes a connection over, without a handler. */
    BlockingConnection take(StreamChannel channel) throws Exception {
        return inLoop(() -> new BlockingConnection(loop, channel));
    }

    /** A thread that runs a task which blocks. */
    record Blocked<T>(Thread thread, FutureTask<T> task) {
        /** Waits for the task, and returns its result or throws its exception. */
        T get() throws Exception {
            return BlockingFixture.get(task);
        }

        /** Waits until the thread waits. */
        void awaitWaiting() throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                if (System.nanoTime() > end || task.isDone()) {
                    fail("the thread does not wait: " + (task.isDone() ? task.get() : thread.getState()));
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Starts a thread, which waits in a connection. */
    static <T> Blocked<T> start(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "handler");
        thread.setDaemon(true);
        thread.start();
        return new Blocked<>(thread, task);
    }

    /** Starts a thread, and waits until it waits in a connection. */
    static <T> Blocked<T> block(Callable<T> work) throws Exception {
        Blocked<T> blocked = start(work);
        blocked.awaitWaiting();
        return blocked;
    }

    private static <T> T get(FutureTask<T> task) throws Exception {
        try {
            return task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            return fail("the thread did not return in time", e);
        }
    }

    /** Waits until the loop has run to its end. */
    void awaitEnd() throws Exception {
        running.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops the loop. */
    void end() throws Exception {
        loop.stop();
        awaitEnd();
    }
}
