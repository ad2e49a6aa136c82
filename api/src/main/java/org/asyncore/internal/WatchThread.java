// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one daemon thread that looks at all loops of the JVM. It runs while there is a loop to look at. A loop that is
 * dropped without being closed is forgotten.
 */
final class WatchThread {
    private static final Object LOCK = new Object(); // guards the fields, because any thread opens and closes loops
    private static final List<WeakReference<HookWatch>> WATCHES = new ArrayList<>();
    private static @Nullable Thread thread; // null while there is no loop to look at

    private WatchThread() {}

    static void add(HookWatch watch) {
        synchronized (LOCK) {
            WATCHES.add(new WeakReference<>(watch));
            if (thread == null) {
                thread = new Thread(null, WatchThread::run, "asyncore watch", 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(null); // so that it keeps no application from being unloaded
                thread.start();
            }
            LOCK.notifyAll(); // its next look may be due earlier
        }
    }

    static void remove(HookWatch watch) {
        synchronized (LOCK) {
            WATCHES.removeIf(each -> each.refersTo(watch));
            LOCK.notifyAll();
        }
    }

    private static void run() {
        long last = System.nanoTime();
        while (awaitNextLook(last)) {
            FlightRecording.look();
            long now = System.nanoTime();
            for (HookWatch watch : watches()) {
                // After a pause of the whole JVM, such as a collection, the hook has not had all of that time.
                watch.look(Math.min(now - last, 2 * watch.intervalNanos()));
            }
            last = now;
        }
    }

    /** Waits until the next look is due. Returns false if there is no loop to look at; then the thread has to end. */
    private static boolean awaitNextLook(long last) {
        synchronized (LOCK) {
            long nanos = untilNextLook(last);
            while (nanos > 0 && !WATCHES.isEmpty()) {
                waitFor(nanos);
                nanos = untilNextLook(last);
            }
            if (WATCHES.isEmpty()) {
                thread = null;
            }
            return thread != null;
        }
    }

    private static long untilNextLook(long last) {
        long interval = Long.MAX_VALUE;
        for (HookWatch watch : watches()) {
            interval = Math.min(interval, watch.intervalNanos());
        }
        return interval - (System.nanoTime() - last);
    }

    /** Returns the loops that are watched. */
    static List<HookWatch> watches() {
        synchronized (LOCK) {
            List<HookWatch> watches = new ArrayList<>();
            for (WeakReference<HookWatch> each : WATCHES) {
                HookWatch watch = each.get();
                if (watch != null) {
                    watches.add(watch);
                }
            }
            WATCHES.removeIf(each -> each.refersTo(null));
            return watches;
        }
    }

    private static void waitFor(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(LOCK, nanos);
        } catch (InterruptedException e) {
            // the thread ends when there is no loop to look at, and not before
        }
    }
}
