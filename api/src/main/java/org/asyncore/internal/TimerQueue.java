// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.asyncore.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * The pending timers of a loop: a binary heap by time. Restarting a pending timer only notes its later time; the timer
 * keeps its place until that comes up, and is moved then. So an idle timeout that every message pushes back costs one
 * look at the clock.
 */
final class TimerQueue {
    /** A longer delay (146 years) counts as this one, so that the difference of two times never overflows. */
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private final LongSupplier clock;
    private final LoopThread thread;
    private @Nullable Timer[] heap = new Timer[16];
    private int size;
    private int keeping; // pending timers that keep the loop running
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

    int size() {
        return size;
    }

    /** Returns how many pending timers keep {@code run} from returning. */
    int keeping() {
        return keeping;
    }

    /** Returns the nanoseconds until the next timer is due, 0 if one is, and at most the limit. */
    long nanosToNext(long limitNanos) {
        return size == 0 ? limitNanos : Math.min(limitNanos, Math.max(0, first().dueNanos - clock.getAsLong()));
    }

    /**
     * Runs the timers that are due. A timer that one of them sets is left to the next turn, even if it has no delay.
     */
    void runDue(TaskRunner runner) {
        if (size == 0) {
            return;
        }
        long now = clock.getAsLong();
        long limit = orders;
        for (Timer timer = takeDue(now, limit); timer != null; timer = takeDue(now, limit)) {
            if (timer.periodic) {
                add(timer, now);
            }
            runner.runTimer(timer);
        }
    }

    /** Removes all timers, and refuses others. */
    void close() {
        closed = true;
        while (size > 0) {
            remove(at(size - 1));
        }
    }

    /** Takes out the next timer that is due and was set before {@code limit}, or returns null. */
    private @Nullable Timer takeDue(long now, long limit) {
        if (size == 0) {
            return null;
        }
        Timer timer = first();
        if (timer.dueNanos - now > 0 || timer.order >= limit) {
            return null;
        }
        remove(timer);
        return timer;
    }

    // The heap.

    private void add(Timer timer, long now) {
        timer.dueNanos = now + Math.min(timer.delayNanos, FOREVER_NANOS);
        timer.order = orders++;
        if (timer.index >= 0) {
            if (timer.keyNanos != timer.dueNanos) {
                return;
            }
            remove(timer); // the clock has not moved: only its order among equals changes
        }
        timer.keyNanos = timer.dueNanos;
        timer.keyOrder = timer.order;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, timer);
        keeping += timer.keepsLoopRunning ? 1 : 0;
    }

    private void remove(Timer timer) {
        int hole = timer.index;
        timer.index = -1;
        keeping -= timer.keepsLoopRunning ? 1 : 0;
        Timer last = at(--size);
        heap[size] = null;
        if (last != timer) {
            down(hole, last);
            if (last.index == hole) {
                up(hole, last);
            }
        }
    }

    private Timer first() {
        Timer timer = at(0);
        while (timer.keyNanos != timer.dueNanos) {
            timer.keyNanos = timer.dueNanos;
            timer.keyOrder = timer.order;
            down(0, timer);
            timer = at(0);
        }
        return timer;
    }

    private void up(int index, Timer timer) {
        int i = index;
        while (i > 0) {
            Timer parent = at((i - 1) >> 1);
            if (!before(timer, parent)) {
                break;
            }
            put(i, parent);
            i = (i - 1) >> 1;
        }
        put(i, timer);
    }

    private void down(int index, Timer timer) {
        int i = index;
        for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            if (!before(at(child), timer)) {
                break;
            }
            put(i, at(child));
            i = child;
        }
        put(i, timer);
    }

    private void put(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    private Timer at(int index) {
        Timer timer = heap[index];
        assert timer != null;
        return timer;
    }

    private static boolean before(Timer a, Timer b) {
        long difference = a.keyNanos - b.keyNanos;
        return difference < 0 || (difference == 0 && a.keyOrder - b.keyOrder < 0);
    }
}
