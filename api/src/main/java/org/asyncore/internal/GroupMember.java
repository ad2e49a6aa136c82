// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.ExitNow;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.channels.StreamChannel;

/** A loop of a group, and its thread. */
public final class GroupMember {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final EventLoop loop;
    private final Thread thread;
    private final Runnable exit;
    private final CountDownLatch ended = new CountDownLatch(1); // counted down when the loop is closed
    private final AtomicInteger passed = new AtomicInteger(); // connections that the loop has yet to serve
    private volatile boolean refused; // the loop has refused a connection, because it is being closed

    /** @param exit ends the group; called if an {@link ExitNow} leaves the loop */
    public GroupMember(EventLoop loop, String name, Runnable exit) {
        this.loop = loop;
        this.exit = exit;
        thread = new Thread(this::run, name);
    }

    /** Returns the loop. */
    public Loop loop() {
        return loop;
    }

    /** Starts the thread. */
    public void start() {
        if (hasEnded()) {
            throw new IllegalStateException("the group is closed: " + loop);
        }
        thread.start();
    }

    private void run() {
        try {
            loop.execute((Runnable) () -> loop.schedule(FOREVER, timer -> {})); // so that run() does not return
            loop.run();
        } catch (ExitNow e) {
            exit.run();
        } catch (RuntimeException | Error e) {
            LoopLog.LOG.error("{} of a group has failed, and is closed; the other loops go on", loop, e);
        } finally {
            closeLoop();
        }
    }

    private void closeLoop() {
        try {
            loop.close();
        } catch (ExitNow e) {
            exit.run();
        } catch (RuntimeException | Error e) {
            LoopLog.LOG.error("{} of a group has failed to close", loop, e);
        } finally {
            ended.countDown();
        }
    }

    /** Passes a connection to the loop. Returns false if the loop takes no more tasks. */
    public boolean serve(StreamChannel connection, LoopGroup.Service service) {
        passed.incrementAndGet();
        try {
            loop.serve(connection, (own, channel) -> {
                try {
                    service.serve(own, channel);
                } finally {
                    passed.decrementAndGet();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            passed.decrementAndGet();
            refused = true;
            return false;
        }
    }

    /** Returns how many dispatchers the loop has, and connections that were passed to it and have none yet. */
    public int dispatchers() {
        return loop.statistics().dispatchers() + passed.get();
    }

    /** Returns true if the loop's thread calls. */
    public boolean isCaller() {
        return thread == Thread.currentThread();
    }

    /** Returns true if the loop takes no more connections, because it is closed or being closed. */
    public boolean takesNoMore() {
        return refused || hasEnded();
    }

    /** Returns true if the loop is closed. */
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Shuts the loop down. */
    public void shutdown(Duration grace) {
        loop.shutdown(grace);
    }

    /** Waits until the loop is closed. Returns false if the time is over before. */
    public boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Waits for the thread that has been asked to stop; or closes the loop, if its thread was never started. */
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            closeLoop();
        } else if (thread != Thread.currentThread()) {
            join();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
