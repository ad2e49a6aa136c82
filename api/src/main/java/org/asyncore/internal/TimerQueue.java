// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pending timers: a binary heap by time. Restarting a pending timer only notes its later time; it keeps its place until
 * that comes up, and is moved then. So an idle timeout that every message pushes back costs nothing but the clock.
 */
final class TimerQueue {
    /** A longer delay (146 years) counts as this one, so that the difference of two times never overflows. */
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private @Nullable Timer[] heap = new Timer[16];
    private int size;
    private int oneShots;
    private long orders;

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether a timer is pending that {@code run} has to wait for. */
    boolean hasOneShot() {
        return oneShots > 0;
    }

    /** Sets a timer to its delay from now, pending already or not. */
    void add(Timer timer, long now) {
        timer.dueNanos = now + Math.min(timer.delayNanos, FOREVER_NANOS);
        timer.order = orders++;
        if (timer.index >= 0) {
            if (timer.keyNanos != timer.dueNanos) {
                return;
            }
            remove(timer); // the clock stood still: only its turn among equals changes
        }
        timer.keyNanos = timer.dueNanos;
        timer.keyOrder = timer.order;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, timer);
        oneShots += timer.periodic ? 0 : 1;
    }

    void clear() {
        while (size > 0) {
            remove(at(size - 1));
        }
    }

    void remove(Timer timer) {
        int hole = timer.index;
        timer.index = -1;
        oneShots -= timer.periodic ? 0 : 1;
        Timer last = at(--size);
        heap[size] = null;
        if (last != timer) {
            down(hole, last);
            if (last.index == hole) {
                up(hole, last);
            }
        }
    }

    /** Nanoseconds until the next timer is due; 0 if one is. Not to be asked when empty. */
    long nanosToNext(long now) {
        return Math.max(0, first().dueNanos - now);
    }

    /** Takes out the next timer that is due and was set before {@code limit}, or returns null. */
    @Nullable
    Timer takeDue(long now, long limit) {
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

    /** Timers set from now on have this order or a higher one. */
    long orders() {
        return orders;
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
