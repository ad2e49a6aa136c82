// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import org.asyncore.ExitNow;
import org.asyncore.LoopTask;

/** Runs tasks and timers, and logs what they throw, except for {@link ExitNow} and errors, which leave the loop. */
final class TaskRunner {
    private final LoopThread loop; // for messages
    private final LoopCounts counts;

    TaskRunner(LoopThread loop, LoopCounts counts) {
        this.loop = loop;
        this.counts = counts;
    }

    /** Runs the queued tasks up to this mark. */
    void runAll(TaskQueue tasks, long mark) {
        for (Runnable task = tasks.take(mark); task != null; task = tasks.take(mark)) {
            LoopCounts.add(counts.tasks, 1);
            run(task);
        }
    }

    /** Runs a timer that is due. */
    void runTimer(Timer timer) {
        LoopCounts.add(counts.timers, 1);
        run(timer);
    }

    /** Lets a time limit call its hook. */
    void runLimit(LimitTimer limit) {
        LoopCounts.add(counts.timers, 1);
        limit.expire();
    }

    private void run(Runnable task) {
        try {
            if (task instanceof LoopTask io) {
                io.call();
            } else {
                task.run();
            }
        } catch (ExitNow e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LoopLog.LOG.error("{}: task {} failed: {}", loop, task, e.toString(), e);
        }
    }
}
