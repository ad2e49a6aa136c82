// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.TimerHandle;

/** A timer of one loop; {@link TimerQueue} keeps it while it is pending. */
final class Timer implements TimerHandle {
    final Runnable task;
    final long delayNanos;
    final boolean periodic;

    // The queue writes these.
    long dueNanos; // when to run
    long keyNanos; // where it stands in the heap: never later than due
    long order; // among equals, first come first served
    long keyOrder; // the order in the heap: like keyNanos, it changes only when the timer is moved
    int index = -1; // in the heap, -1 when not pending

    private final Chores chores;
    private boolean cancelled;

    Timer(Chores chores, Runnable task, long delayNanos, boolean periodic) {
        this.chores = chores;
        this.task = task;
        this.delayNanos = delayNanos;
        this.periodic = periodic;
    }

    @Override
    public void cancel() {
        cancelled |= chores.cancel(this);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void restart() {
        chores.start(this);
        cancelled = false;
    }
}
