// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import org.asyncore.LoopTask;
import org.asyncore.TimerHandle;
import org.asyncore.TimerTask;

/** A timer of one loop; {@link TimerQueue} keeps it while it is pending. */
final class Timer extends Deadline implements TimerHandle, LoopTask {
    final long delayNanos;
    final boolean periodic;

    // The queue writes these.
    boolean keepsLoopRunning; // while it is pending
    long dueNanos; // when to run
    long order; // among equals, the one that was set first runs first

    private long keyOrder; // the order in the heap
    private final TimerQueue queue;
    private final TimerTask task;
    private boolean cancelled;

    Timer(TimerQueue queue, TimerTask task, long delayNanos, boolean periodic) {
        this.queue = queue;
        this.task = task;
        this.delayNanos = delayNanos;
        this.periodic = periodic;
        keepsLoopRunning = !periodic;
    }

    @Override
    long dueNanos() {
        return dueNanos;
    }

    @Override
    long keyOrder() {
        return keyOrder;
    }

    @Override
    void placed() {
        keyOrder = order;
    }

    @Override
    public void call() throws IOException {
        task.run(this);
    }

    @Override
    public void cancel() {
        cancelled |= queue.cancel(this);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void restart() {
        queue.start(this);
        cancelled = false;
    }

    @Override
    public TimerHandle unref() {
        queue.unref(this);
        return this;
    }

    @Override
    public String toString() {
        return (periodic ? "every " : "after ") + delayNanos / 1_000_000 + " ms";
    }
}
