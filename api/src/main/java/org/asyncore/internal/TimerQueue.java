// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.asyncore.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * The pending timers of a loop, and the time limits of its dispatchers. Restarting a pending timer only notes its later
 * time, so an idle timeout that every message pushes back costs one look at the clock. A time limit does not even that:
 * its activity has the time of the turn.
 */
final class TimerQueue {
    /** A longer delay (146 years) counts as this one, so that the difference of two times never overflows. */
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private final LongSupplier clock;
    private final LoopThread thread;
    private final DeadlineHeap heap = new DeadlineHeap();
    private int limits; // how many of them are limits
    private int keeping; // pending timers that keep the loop running
    private long turnNanos; // the time of the turn while inTurn
    private boolean inTurn; // it is served, and there are limits
    private long orders;
    private boolean closed;

    TimerQueue(LongSupplier clock, LoopThread thread) {
        this.clock = clock;
        this.thread = thread;
    }

    /** Returns the nanoseconds of a duration, or the nearest number of them that a long can hold. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Returns the nanoseconds of a delay, at most 146 years. */
    static long delayNanos(Duration duration) {
        return Math.min(nanos(duration), FOREVER_NANOS);
    }

    /** Starts a new timer; a negative delay counts as zero. */
    Timer schedule(TimerTask task, Duration delay, boolean periodic) {
        long delayNanos = Math.max(0, nanos(delay));
        Timer timer = new Timer(this, task, delayNanos, periodic);
        start(timer);
        return timer;
    }

    /** Starts a new periodic timer. */
    Timer scheduleEvery(TimerTask task, Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("the period is not positive: " + period);
        }
        return schedule(task, period, true);
    }

    /** Sets a timer to its delay from now, even if it is pending. */
    void start(Timer timer) {
        thread.check();
        if (closed) {
            throw new IllegalStateException(thread + " is closed");
        }
        add(timer, clock.getAsLong());
    }

    /** Cancels a timer. Returns true if it was pending. */
    boolean cancel(Timer timer) {
        thread.check();
        boolean pending = timer.index >= 0;
        if (pending) {
            remove(timer);
        }
        return pending;
    }

    void unref(Timer timer) {
        thread.check();
        if (timer.index >= 0 && timer.keepsLoopRunning) {
            keeping--;
        }
        timer.keepsLoopRunning = false;
    }

    /** Returns how many timers and limits are pending. */
    int size() {
        return heap.size();
    }

    /** Returns how many pending timers keep {@code run} from returning. */
    int keeping() {
        return keeping;
    }

    /** Returns the nanoseconds until the next timer is due, 0 if one is, and at most the limit. */
    long nanosToNext(long limitNanos) {
        Deadline first = heap.first();
        return first == null ? limitNanos : Math.min(limitNanos, Math.max(0, first.dueNanos() - clock.getAsLong()));
    }

    /**
     * Runs the timers that are due. A timer that one of them sets is left to the next turn, even if it has no delay.
     */
    void runDue(TaskRunner runner) {
        if (heap.size() == 0) {
            return;
        }
        long now = clock.getAsLong();
        long limit = orders;
        for (Deadline due = takeDue(now, limit); due != null; due = takeDue(now, limit)) {
            if (due instanceof LimitTimer ended) {
                runner.runLimit(ended);
                continue;
            }
            Timer timer = (Timer) due;
            if (timer.periodic) {
                add(timer, now);
            }
            runner.runTimer(timer);
        }
    }

    /** Removes all timers, and refuses others. */
    void close() {
        closed = true;
        for (Deadline first = heap.first(); first != null; first = heap.first()) {
            remove(first);
        }
    }

    /** Takes out the next timer that is due and was set before {@code limit}, or returns null. */
    private @Nullable Deadline takeDue(long now, long limit) {
        Deadline first = heap.first();
        if (first == null || first.dueNanos() - (first instanceof LimitTimer ? turnNanos() : now) > 0) {
            return null;
        }
        if (first instanceof Timer timer && timer.order >= limit) {
            return null;
        }
        remove(first);
        return first;
    }

    private void add(Timer timer, long now) {
        timer.dueNanos = now + Math.min(timer.delayNanos, FOREVER_NANOS);
        timer.order = orders++;
        if (timer.index >= 0) {
            if (timer.keyNanos != timer.dueNanos) {
                return;
            }
            remove(timer); // the clock has not moved: only its order among equals changes
        }
        heap.add(timer);
        keeping += timer.keepsLoopRunning ? 1 : 0;
    }

    private void remove(Deadline entry) {
        heap.remove(entry);
        if (entry instanceof Timer timer) {
            keeping -= timer.keepsLoopRunning ? 1 : 0;
        } else {
            limits--;
        }
    }

    // Time limits.

    /** Adds a limit that is not pending. */
    void add(LimitTimer limit) {
        thread.check();
        heap.add(limit);
        limits++;
    }

    /** Removes a limit that is pending. */
    void remove(LimitTimer limit) {
        thread.check();
        remove((Deadline) limit);
    }

    /**
     * Returns the time at which the wait of this turn ended, which costs nothing, or the time now if no turn is being
     * served. Never decreases.
     */
    long turnNanos() {
        return inTurn ? turnNanos : clock.getAsLong();
    }

    /** Notes that the wait of a turn has ended. Reads the clock only if there are limits. */
    void beginServing() {
        inTurn = limits > 0;
        if (inTurn) {
            turnNanos = clock.getAsLong();
        }
    }

    void endTurn() {
        inTurn = false;
        heap.trim();
    }
}
