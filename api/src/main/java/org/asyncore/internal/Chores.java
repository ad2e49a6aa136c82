// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.util.function.LongSupplier;
import org.asyncore.ExitNow;

/** The part of a turn that is not about dispatchers: tasks that were handed over, and due timers. */
final class Chores {
    final TaskQueue tasks = new TaskQueue();

    private final TimerQueue timers = new TimerQueue();
    private final ReactorLoop loop;
    private final LongSupplier clock;

    Chores(ReactorLoop loop, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** Whether {@code run} has a task to run or a timer to wait for. */
    boolean arePending() {
        return !tasks.isEmpty() || timers.hasOneShot();
    }

    /** How long to wait at most, if no longer than this. */
    long nanosToNext(long limitNanos) {
        return timers.isEmpty() ? limitNanos : Math.min(limitNanos, timers.nanosToNext(clock.getAsLong()));
    }

    Timer schedule(long nanos, Runnable task, boolean periodic) {
        Timer timer = new Timer(this, requireNonNull(task, "task"), nanos, periodic);
        timer.restart();
        return timer;
    }

    void start(Timer timer) {
        loop.checkThread();
        loop.checkOpen();
        timers.add(timer, clock.getAsLong());
    }

    /** Whether the timer was pending. */
    boolean cancel(Timer timer) {
        loop.checkThread();
        boolean pending = timer.index >= 0;
        if (pending) {
            timers.remove(timer);
        }
        return pending;
    }

    void runTasks() {
        runTasks(tasks.mark()); // a task that hands itself over again waits for the next turn
    }

    private void runTasks(long mark) {
        for (Runnable task = tasks.take(mark); task != null; task = tasks.take(mark)) {
            run(task);
        }
    }

    /** Refuses further tasks, and runs all that were handed over. */
    void endTasks(LoopEnd end) {
        tasks.close();
        long mark = tasks.mark();
        while (!tasks.areTaken(mark)) {
            end.attempt("a task of {} failed", loop, () -> runTasks(mark));
        }
    }

    void forgetTimers() {
        timers.clear();
    }

    void runTimers() {
        if (timers.isEmpty()) {
            return;
        }
        long now = clock.getAsLong();
        long limit = timers.orders(); // a timer that sets another without delay leaves it to the next turn
        for (Timer timer = timers.takeDue(now, limit); timer != null; timer = timers.takeDue(now, limit)) {
            if (timer.periodic) {
                timers.add(timer, now);
            }
            run(timer.task);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (ExitNow e) {
            throw e;
        } catch (RuntimeException e) {
            ReactorLoop.LOG.error("{}: a task failed: {}", loop, task, e);
        }
    }
}
