// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.IoHandlerContext;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** Tells Netty's handler how long it may wait, and keeps the wakeups that end a wait. Stands in for Netty's event loop. */
final class WaitContext implements IoHandlerContext, ThreadAwareExecutor {
    /** A longer timeout (146 years) counts as no timeout, so that deadlines do not overflow. */
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    /** Set by any thread, before it wakes Netty's handler; cleared by the polling thread, once in each poll. */
    private final AtomicBoolean woken = new AtomicBoolean();

    /** Set by a thread that has seen a FIFO's first writer; cleared by the polling thread. It does not end a poll. */
    private final AtomicBoolean arrived = new AtomicBoolean();

    /** The polling thread, written by it; other threads read it to compare themselves with it. */
    private volatile @Nullable Thread poller;

    private @Nullable InterruptWakeup interrupts;
    private boolean mayBlock;
    private boolean timed;
    private long deadlineNanos;

    void enter() {
        Thread current = Thread.currentThread();
        if (poller != current) {
            poller = current;
        }
    }

    /** Begins a wait, which an interrupt of this thread ends. */
    void begin(long timeoutNanos, Poller toWake) {
        timed = timeoutNanos >= 0 && timeoutNanos < FOREVER_NANOS;
        if (timed) {
            deadlineNanos = even(System.nanoTime() + timeoutNanos);
        }
        InterruptWakeup current = interrupts;
        if (current == null) {
            current = new InterruptWakeup(toWake);
            interrupts = current;
        }
        current.enter();
    }

    /** Returns the next even number: see {@link #deadlineNanos()}. */
    private static long even(long nanos) {
        return nanos + (nanos & 1);
    }

    void end() {
        InterruptWakeup current = interrupts;
        if (current != null) {
            current.leave();
        }
    }

    void mayBlock(boolean value) {
        mayBlock = value;
    }

    boolean over() {
        return woken.get() || (timed && System.nanoTime() - deadlineNanos >= 0);
    }

    boolean woken() {
        return woken.get();
    }

    /** Notes a wakeup. Returns true if it is the first for this poll: the caller then wakes Netty's handler. */
    boolean wake() {
        return !woken.get() && !woken.getAndSet(true);
    }

    /** Notes a FIFO's first writer. Returns true if the caller has to wake Netty's handler; never after the poller's close. */
    boolean arrive() {
        return !arrived.getAndSet(true) && !woken.get();
    }

    boolean takeArrival() {
        return arrived.get() && arrived.getAndSet(false);
    }

    /** Clears the wakeup. Reads first, because a write costs a locked instruction and is seldom needed. */
    void consumeWakeup() {
        if (woken.get()) {
            woken.set(false);
        }
    }

    @Override
    public boolean canBlock() {
        return mayBlock && !woken.get() && !arrived.get();
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
        return timed ? Math.max(0, deadlineNanos - currentTimeNanos) : FOREVER_NANOS;
    }

    /** Returns the deadline, or -1 for none. Netty keeps -1 and {@code Long.MAX_VALUE} for itself, so deadlines are even. */
    @Override
    public long deadlineNanos() {
        return timed ? deadlineNanos : -1;
    }

    /**
     * Returns true for the polling thread. Netty's {@code wakeup} does nothing then, and need not: our flag ends the next
     * wait. Kqueue's {@code submit} makes a task of each change on any other thread.
     */
    @Override
    public boolean isExecutorThread(Thread thread) {
        return thread == poller;
    }

    /** Runs the task. Called before the first poll only: later all calls come from the polling thread. */
    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
