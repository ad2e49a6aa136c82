// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a loop, and names hooks, tasks and timers that keep it longer than a threshold. The {@link WatchThread}
 * alone uses the fields that are not final.
 */
final class HookWatch {
    private final LoopThread loop;
    private final LoopCounts counts;
    private final long thresholdNanos; // 0 if nothing is watched
    private final Set<String> named = new HashSet<>(); // classes, each of which is named once
    private long hook = -1; // the hook that was under way at the last look, or -1
    private long nanos; // the time for which it was seen
    private boolean judged;

    HookWatch(LoopThread loop, LoopCounts counts, long thresholdNanos) {
        this.loop = loop;
        this.counts = counts;
        this.thresholdNanos = thresholdNanos;
    }

    /** Begins to watch a loop, unless the threshold is 0. */
    static HookWatch begin(LoopThread loop, LoopCounts counts, long thresholdNanos) {
        HookWatch watch = new HookWatch(loop, counts, thresholdNanos);
        if (thresholdNanos > 0) {
            WatchThread.add(watch);
        }
        return watch;
    }

    void end() {
        WatchThread.remove(this);
    }

    /** Returns the time between two looks. */
    long intervalNanos() {
        return Math.max(thresholdNanos / 4, TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** Looks at the loop, this time after the last look. */
    void look(long elapsedNanos) {
        long now = counts.underWay();
        if (now < 0 || now != hook) {
            hook = now;
            nanos = 0;
            judged = false;
            return;
        }
        nanos += elapsedNanos;
        if (nanos > thresholdNanos && !judged) {
            judged = true;
            judge();
        }
    }

    /** Reports the loop's statistics to the flight recorder. Any thread. */
    void report() {
        FlightRecording.report(loop, counts);
    }

    private void judge() {
        Thread thread = loop.owner();
        StackTraceElement[] stack = thread.getStackTrace();
        if (counts.underWay() != hook || stack.length == 0) {
            return; // it has ended meanwhile, so the stack may be another hook's
        }
        StackTraceElement method = HookStack.methodIn(stack);
        if (named.add(method.getClassName())) {
            LoopLog.LOG.warn(
                    "{}: {}.{} has kept the loop for {} ms, and nothing else is served meanwhile. Let another thread do"
                            + " what blocks or takes long, and return to the loop by Loop.execute;"
                            + " LoopBuilder.slowHookThreshold sets the limit",
                    loop,
                    method.getClassName(),
                    method.getMethodName(),
                    TimeUnit.NANOSECONDS.toMillis(nanos),
                    new HookStack(thread, stack));
        }
        FlightRecording.report(loop, method, nanos, stack);
        LoopCounts.add(counts.slowHooks, 1);
    }
}
