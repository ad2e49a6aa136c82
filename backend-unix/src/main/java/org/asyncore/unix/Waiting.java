// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.IoHandlerContext;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** How long Netty's handler may wait, and what ends the wait: all that it wants to know of an event loop. */
final class Waiting implements IoHandlerContext, ThreadAwareExecutor {
    /** Longer than this (146 years) is for ever, so that deadlines do not overflow. */
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    /** Set by any thread, before Netty's handler hears of it; cleared by the polling thread, once a poll. */
    private final AtomicBoolean woken = new AtomicBoolean();

    /** Set by a thread that has seen a FIFO's first writer; taken by the polling thread, which does not end a poll by it. */
    private final AtomicBoolean arrived = new AtomicBoolean();

    /** The polling thread, written by it. Others read it to learn that it is not they. */
    private volatile @Nullable Thread poller;

    private @Nullable Interrupts interrupts;
    private boolean mayBlock;
    private boolean timed;
    private long deadlineNanos;

    void enter() {
        Thread current = Thread.currentThread();
        if (poller != current) {
            poller = current;
        }
    }

    /** Begins a wait that an interrupt of this thread ends. */
    void begin(long timeoutNanos, Poller toWake) {
        timed = timeoutNanos >= 0 && timeoutNanos < FOREVER_NANOS;
        if (timed) {
            deadlineNanos = even(System.nanoTime() + timeoutNanos);
        }
        Interrupts current = interrupts;
        if (current == null) {
            current = new Interrupts(toWake);
            interrupts = current;
        }
        current.enter();
    }

    /** The next even number: see {@link #deadlineNanos()}. */
    private static long even(long nanos) {
        return nanos + (nanos & 1);
    }

    void end() {
        Interrupts current = interrupts;
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

    /** Whether the caller is the first to wake this poll, and so has to tell the handler. */
    boolean wake() {
        return !woken.get() && !woken.getAndSet(true);
    }

    /** Whether the caller has to tell the handler; never after the poller's close. */
    boolean arrive() {
        return !arrived.getAndSet(true) && !woken.get();
    }

    boolean takeArrival() {
        return arrived.get() && arrived.getAndSet(false);
    }

    /** A plain read almost always; a write costs a locked instruction. */
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

    /** -1 says that there is none, and Netty keeps {@code Long.MAX_VALUE} for the same: both are odd. */
    @Override
    public long deadlineNanos() {
        return timed ? deadlineNanos : -1;
    }

    /**
     * Asked by {@code wakeup}, which then does nothing, for our flag has ended the next wait already; and by kqueue's
     * {@code submit}, which else makes a task of each change.
     */
    @Override
    public boolean isExecutorThread(Thread thread) {
        return thread == poller;
    }

    /** Only before the first poll: later all comes from the polling thread. */
    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
