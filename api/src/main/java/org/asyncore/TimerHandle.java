// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/** A timer that {@link Loop#schedule} or {@link Loop#scheduleEvery} set. Belongs to the loop's thread. */
public interface TimerHandle {
    /** Takes the timer back: its task is not run again. Cancelling one that has run or was cancelled does nothing. */
    void cancel();

    /** Whether {@link #cancel} ended it. */
    boolean isCancelled();

    /**
     * Starts the countdown again from now, with the delay or period it was scheduled with, also after it has run or was
     * cancelled. Allocates nothing: the way to push an idle timeout back on each message.
     *
     * @throws IllegalStateException if the loop is closed
     */
    void restart();
}
