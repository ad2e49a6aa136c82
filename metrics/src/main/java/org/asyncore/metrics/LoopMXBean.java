// SPDX-License-Identifier: Apache-2.0
package org.asyncore.metrics;

import org.asyncore.LoopStatistics;

/** The {@link LoopStatistics} of a loop as attributes of JMX, which {@link LoopManagement} registers. */
public interface LoopMXBean {
    /** Returns the name of the loop's poller. */
    String getPoller();

    /** Returns {@link LoopStatistics#turns}. */
    long getTurns();

    /** Returns {@link LoopStatistics#reads}. */
    long getReads();

    /** Returns {@link LoopStatistics#writes}. */
    long getWrites();

    /** Returns {@link LoopStatistics#urgentReads}. */
    long getUrgentReads();

    /** Returns {@link LoopStatistics#tasks}. */
    long getTasks();

    /** Returns {@link LoopStatistics#timers}. */
    long getTimers();

    /** Returns {@link LoopStatistics#waits}. */
    long getWaits();

    /** Returns {@link LoopStatistics#waitTime} in nanoseconds. */
    long getWaitNanos();

    /** Returns {@link LoopStatistics#hookTime} in nanoseconds. */
    long getHookNanos();

    /** Returns {@link LoopStatistics#longestHookTime} in nanoseconds. */
    long getLongestHookNanos();

    /** Returns {@link LoopStatistics#slowHooks}. */
    long getSlowHooks();

    /** Returns {@link LoopStatistics#dispatchers}. */
    int getDispatchers();

    /** Returns {@link LoopStatistics#queuedBytes}. */
    long getQueuedBytes();

    /** Returns {@link LoopStatistics#receivedBytes}. */
    long getReceivedBytes();

    /** Returns {@link LoopStatistics#sentBytes}. */
    long getSentBytes();
}
