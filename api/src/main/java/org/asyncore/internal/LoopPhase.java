// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

/** The progress of a loop's closing, and the checks that refuse what comes too late. */
final class LoopPhase {
    private enum Phase {
        OPEN,
        ENDING_TASKS,
        CLOSING_DISPATCHERS, // no dispatcher may join
        CLOSED
    }

    private final LoopThread thread;
    private Phase phase = Phase.OPEN;

    LoopPhase(LoopThread thread) {
        this.thread = thread;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    void endTasks() {
        phase = Phase.ENDING_TASKS;
    }

    void closeDispatchers() {
        phase = Phase.CLOSING_DISPATCHERS;
    }

    void close() {
        phase = Phase.CLOSED;
    }

    void checkOpen() {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException(thread + " is closed");
        }
    }

    /** Checks that a dispatcher may join, and that this is the loop's thread. */
    void checkCanAdd() {
        thread.check();
        checkOpen();
        if (phase == Phase.CLOSING_DISPATCHERS) {
            throw new IllegalStateException(thread + " is being closed");
        }
    }
}
