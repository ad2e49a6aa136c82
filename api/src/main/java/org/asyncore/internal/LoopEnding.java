// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.nio.channels.ClosedChannelException;
import org.asyncore.ExitNow;
import org.jspecify.annotations.Nullable;

/**
 * Ends a loop step by step: each step is done, even if another throws. The first {@link ExitNow} or {@link Error} is
 * thrown when all is done; any other exception is logged.
 */
final class LoopEnding {
    /** A step that may fail. */
    interface Step {
        void run() throws Exception;
    }

    private @Nullable Throwable failure;

    /**
     * Does a step.
     *
     * @param message the text to log if the step fails, with a place for the culprit
     * @return false if the step failed
     */
    boolean attempt(String message, Object culprit, Step step) {
        try {
            step.run();
            return true;
        } catch (Exception | Error e) {
            failed(message, culprit, e);
            return false;
        }
    }

    /** Refuses further tasks, and runs all queued ones. */
    void endTasks(TaskQueue tasks, TaskRunner runner, LoopThread loop) {
        tasks.close();
        long mark = tasks.mark();
        while (!tasks.areTaken(mark)) {
            attempt("a task of {} failed", loop, () -> runner.runAll(tasks, mark));
        }
    }

    private void failed(String message, Object culprit, Throwable cause) {
        if (failure == null && (cause instanceof ExitNow || cause instanceof Error)) {
            failure = cause;
        } else if (!(cause instanceof ClosedChannelException)) {
            LoopLog.LOG.warn(message, culprit, cause);
        }
    }

    /** Throws the first {@link ExitNow} or {@link Error} that a step has thrown. */
    void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof ExitNow exit) {
            throw exit;
        }
    }
}
