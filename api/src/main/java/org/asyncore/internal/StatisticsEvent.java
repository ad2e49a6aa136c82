// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.asyncore.LoopStatistics;

/** An event of the flight recorder: the {@link LoopStatistics} of a loop, by default once a second. */
@Name("org.asyncore.LoopStatistics")
@Label("Loop Statistics")
@Description("What a loop has done since it was opened")
@Category("asyncore")
@Period("1 s")
@StackTrace(false)
final class StatisticsEvent extends Event {
    @Label("Loop")
    final String loop;

    @Label("Turns")
    final long turns;

    @Label("Reads")
    final long reads;

    @Label("Writes")
    final long writes;

    @Label("Urgent Reads")
    final long urgentReads;

    @Label("Tasks")
    final long tasks;

    @Label("Timers")
    final long timers;

    @Label("Waits")
    final long waits;

    @Label("Wait Time")
    @Timespan(Timespan.NANOSECONDS)
    final long waitTime;

    @Label("Hook Time")
    @Timespan(Timespan.NANOSECONDS)
    final long hookTime;

    @Label("Longest Hook Time")
    @Timespan(Timespan.NANOSECONDS)
    final long longestHookTime;

    @Label("Slow Hooks")
    final long slowHooks;

    @Label("Dispatchers")
    final int dispatchers;

    @Label("Queued Bytes")
    @DataAmount
    final long queuedBytes;

    @Label("Received Bytes")
    @DataAmount
    final long receivedBytes;

    @Label("Sent Bytes")
    @DataAmount
    final long sentBytes;

    StatisticsEvent(String loop, LoopStatistics now) {
        this.loop = loop;
        turns = now.turns();
        reads = now.reads();
        writes = now.writes();
        urgentReads = now.urgentReads();
        tasks = now.tasks();
        timers = now.timers();
        waits = now.waits();
        waitTime = now.waitTime().toNanos();
        hookTime = now.hookTime().toNanos();
        longestHookTime = now.longestHookTime().toNanos();
        slowHooks = now.slowHooks();
        dispatchers = now.dispatchers();
        queuedBytes = now.queuedBytes();
        receivedBytes = now.receivedBytes();
        sentBytes = now.sentBytes();
    }
}
