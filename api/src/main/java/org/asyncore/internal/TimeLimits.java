// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.time.Duration;
import org.asyncore.TimeLimit;
import org.jspecify.annotations.Nullable;

/** The time limits of a dispatcher: a linked list without an owner, because most dispatchers have one or none. */
final class TimeLimits {
    private TimeLimits() {}

    /**
     * Sets a limit, instead of an earlier one of its kind.
     *
     * @param limit zero for none
     * @return the list
     */
    static @Nullable LimitTimer set(@Nullable LimitTimer first, TimeLimit which, Duration limit, BoundChannel channel) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("negative time limit: " + limit);
        }
        LimitTimer others = without(first, which);
        if (limit.isZero()) {
            return others;
        }
        LimitTimer timer = new LimitTimer(which, TimerQueue.delayNanos(limit), channel);
        timer.next = others;
        timer.begin();
        return timer;
    }

    private static @Nullable LimitTimer without(@Nullable LimitTimer first, TimeLimit which) {
        if (first == null) {
            return null;
        }
        if (first.which == which) {
            first.cancel();
            return first.next;
        }
        first.next = without(first.next, which);
        return first;
    }

    /** Gives the limits another channel of the same dispatcher. Those that run go on. */
    static void move(@Nullable LimitTimer first, BoundChannel channel) {
        for (LimitTimer timer = first; timer != null; timer = timer.next) {
            timer.channel = channel;
        }
        begin(first);
    }

    /** Starts the limits that do not run yet and apply to the state of the channel. */
    static void begin(@Nullable LimitTimer first) {
        for (LimitTimer timer = first; timer != null; timer = timer.next) {
            timer.begin();
        }
    }

    static void cancel(@Nullable LimitTimer first) {
        for (LimitTimer timer = first; timer != null; timer = timer.next) {
            timer.cancel();
        }
    }

    /** Notes that bytes or a datagram were received. */
    static void received(@Nullable LimitTimer first) {
        for (LimitTimer timer = first; timer != null; timer = timer.next) {
            timer.received();
        }
    }

    /** Notes how many of the offered bytes were sent. */
    static void sent(@Nullable LimitTimer first, int n, int offered) {
        for (LimitTimer timer = first; timer != null; timer = timer.next) {
            timer.sent(n, offered);
        }
    }
}
