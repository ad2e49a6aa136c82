// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;

/** Timers of Agrona's wheel. Its timers are numbers instead of tasks, and its caller gives it the time. */
final class AgronaTimers implements Timers {
    private static final long TICK_NANOS = 1 << 20;
    private static final int SPOKES = 4096;

    private final DeadlineTimerWheel wheel =
            new DeadlineTimerWheel(TimeUnit.NANOSECONDS, System.nanoTime(), TICK_NANOS, SPOKES);
    private final TimerDelays delays = new TimerDelays();
    private final DeadlineTimerWheel.TimerHandler handler = this::fired;
    private long[] pending = {};
    private long fired;

    @Override
    public void fill(int count) {
        pending = new long[count];
        for (int i = 0; i < count; i++) {
            pending[i] = schedule();
        }
    }

    private long schedule() {
        return wheel.scheduleTimer(System.nanoTime() + delays.nextNanos());
    }

    private boolean fired(TimeUnit unit, long now, long timer) {
        fired++;
        return true;
    }

    @Override
    public void scheduleAndCancel() {
        wheel.cancelTimer(schedule());
    }

    @Override
    public void rearm(int index) {
        wheel.cancelTimer(pending[index]);
        pending[index] = schedule();
    }

    @Override
    public void fire() {
        long goal = fired + BATCH;
        long now = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
            wheel.scheduleTimer(now);
        }
        while (fired < goal) {
            wheel.poll(now, handler, BATCH);
        }
    }

    @Override
    public void close() {
        wheel.clear();
    }
}
