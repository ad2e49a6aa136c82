// SPDX-License-Identifier: Apache-2.0
package org.asyncore.metrics;

import org.asyncore.Loop;

/** Reads the attributes of a loop. */
record LoopAttributes(Loop loop) implements LoopMXBean {
    @Override
    public String getPoller() {
        return loop.pollerName();
    }

    @Override
    public long getTurns() {
        return loop.statistics().turns();
    }

    @Override
    public long getReads() {
        return loop.statistics().reads();
    }

    @Override
    public long getWrites() {
        return loop.statistics().writes();
    }

    @Override
    public long getUrgentReads() {
        return loop.statistics().urgentReads();
    }

    @Override
    public long getTasks() {
        return loop.statistics().tasks();
    }

    @Override
    public long getTimers() {
        return loop.statistics().timers();
    }

    @Override
    public long getWaits() {
        return loop.statistics().waits();
    }

    @Override
    public long getWaitNanos() {
        return loop.statistics().waitTime().toNanos();
    }

    @Override
    public long getHookNanos() {
        return loop.statistics().hookTime().toNanos();
    }

    @Override
    public long getLongestHookNanos() {
        return loop.statistics().longestHookTime().toNanos();
    }

    @Override
    public long getSlowHooks() {
        return loop.statistics().slowHooks();
    }

    @Override
    public int getDispatchers() {
        return loop.statistics().dispatchers();
    }

    @Override
    public long getQueuedBytes() {
        return loop.statistics().queuedBytes();
    }

    @Override
    public long getReceivedBytes() {
        return loop.statistics().receivedBytes();
    }

    @Override
    public long getSentBytes() {
        return loop.statistics().sentBytes();
    }
}
