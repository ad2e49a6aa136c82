// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;

/** Runs an action when nothing has happened for some time. A restart only reads the clock, and sets no new timer. */
public final class IdleTimer {
    private final Loop loop;
    private Duration limit; // changed by setLimit
    private final Runnable action;
    private long lastNanos = System.nanoTime();
    private TimerHandle timer;

    public IdleTimer(Loop loop, Duration limit, Runnable action) {
        this.loop = loop;
        this.limit = limit;
        this.action = action;
        timer = loop.schedule(limit, this::check);
    }

    /** Starts the time again, because something has happened. */
    public void restart() {
        lastNanos = System.nanoTime();
    }

    /** Starts the time again with another limit. A shorter limit takes effect at the next check. */
    public void setLimit(Duration limit) {
        this.limit = limit;
        restart();
    }

    public void cancel() {
        timer.cancel();
    }

    private void check() {
        Duration left = limit.minusNanos(System.nanoTime() - lastNanos);
        if (left.isNegative() || left.isZero()) {
            action.run();
        } else {
            timer = loop.schedule(left, this::check);
        }
    }
}
