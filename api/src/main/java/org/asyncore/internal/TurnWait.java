// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.time.Duration;

/**
 * The wait of a turn: decides if the poller is asked once without blocking, again and again, or blocks until something
 * is ready.
 */
final class TurnWait {
    private final Reactor reactor;
    private final TaskQueue tasks;
    private final TimerQueue timers;
    private final LoopThread thread;
    private final long busyPollNanos;

    TurnWait(Reactor reactor, TaskQueue tasks, TimerQueue timers, LoopThread thread, long busyPollNanos) {
        this.reactor = reactor;
        this.tasks = tasks;
        this.timers = timers;
        this.thread = thread;
        this.busyPollNanos = busyPollNanos;
    }

    /** Returns the nanoseconds of the longest wait of a turn. */
    static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        return TimerQueue.nanos(timeout);
    }

    /** Waits until a dispatcher is ready, a task was handed over or a timer is due, and no longer than the limit. */
    void await(long limitNanos) throws IOException {
        waitFor(limitNanos);
        timers.beginServing();
    }

    private void waitFor(long limitNanos) throws IOException {
        long nanos = timers.nanosToNext(limitNanos);
        if (nanos == 0 || isBusy() || reactor.isReady()) {
            reactor.poll(0);
            return;
        }
        reactor.beginWait();
        if (busyPollNanos == 0 || !busyPoll(Math.min(nanos, busyPollNanos))) {
            block(nanos);
        }
    }

    /** Waits before a turn that another thread may run. */
    void awaitReady(long limitNanos) throws IOException {
        try {
            waitFor(limitNanos);
        } finally {
            reactor.endWait();
        }
    }

    private boolean isBusy() {
        return thread.isAskedToStop() || !tasks.isEmpty();
    }

    /** Polls without blocking until something is ready. Returns false if nothing is ready within this time. */
    private boolean busyPoll(long nanos) throws IOException {
        long begin = System.nanoTime();
        do {
            if (reactor.poll(0) > 0 || isBusy()) {
                return true;
            }
        } while (System.nanoTime() - begin < nanos);
        return false;
    }

    private void block(long nanos) throws IOException {
        if (!tasks.park()) {
            reactor.poll(0);
            return;
        }
        try {
            reactor.poll(nanos);
        } finally {
            tasks.unpark();
        }
    }
}
