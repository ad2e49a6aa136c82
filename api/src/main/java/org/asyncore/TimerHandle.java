// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/**
 * A timer that {@link Loop#schedule} or {@link Loop#scheduleEvery} has set; asyncio's {@code TimerHandle}. Belongs to
 * the loop's thread.
 */
public interface TimerHandle {
    /** Cancels the timer: its task is not run again. Does nothing if it has run or was cancelled. */
    void cancel();

    /** Returns true if {@link #cancel} has ended the timer. */
    boolean isCancelled();

    /**
     * Starts the delay or period of the timer again from now, even if the timer has run or was cancelled. Allocates
     * nothing, so an idle timeout can be pushed back on each message.
     *
     * @throws IllegalStateException if the loop is closed
     */
    void restart();

    /**
     * Lets {@link Loop#run()} return while this timer is pending, as it does for periodic timers; libuv's
     * {@code uv_unref}.
     *
     * @return this timer
     */
    TimerHandle unref();
}
