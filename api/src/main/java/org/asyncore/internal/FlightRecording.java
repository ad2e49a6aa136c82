// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.Arrays;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;

/**
 * Gives the events of loops to the JDK's flight recorder, if this runtime has one and it was started. Beginning with it
 * takes the JDK 100 milliseconds and more, so nothing here begins it.
 */
final class FlightRecording {
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    private static final int FRAMES = 32; // of a stack that an event shows

    private static boolean reporting; // the watch thread alone uses it

    private FlightRecording() {}

    /** Lets the recorder ask for statistics from now on, once it was started. */
    static void look() {
        if (AVAILABLE && !reporting && FlightRecorder.isInitialized()) {
            reporting = true;
            FlightRecorder.addPeriodicEvent(StatisticsEvent.class, FlightRecording::reportAll);
        }
    }

    private static void reportAll() {
        WatchThread.watches().forEach(HookWatch::report);
    }

    static void report(LoopThread loop, LoopCounts counts) {
        StatisticsEvent event = new StatisticsEvent(loop.toString(), counts.snapshot());
        event.commit();
    }

    static void report(LoopThread loop, StackTraceElement method, long nanos, StackTraceElement[] stack) {
        if (AVAILABLE && FlightRecorder.isInitialized()) {
            SlowHookEvent event = new SlowHookEvent();
            event.loop = loop.toString();
            event.loopThread = loop.owner();
            event.hook = method.getClassName() + "." + method.getMethodName();
            event.time = nanos;
            event.stack = Arrays.stream(stack)
                    .limit(FRAMES)
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining("\n"));
            event.commit();
        }
    }
}
