// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;

/** Timers of our loop. */
final class LoopTimers implements Timers {
    private final Loop loop = Loop.open();
    private final TimerDelays delays = new TimerDelays();
    private final List<TimerHandle> pending = new ArrayList<>();
    private final List<TimerHandle> due = new ArrayList<>();
    private final Duration[] someDelays = new Duration[1024];
    private int next;
    private long fired;

    @Override
    public void fill(int count) {
        for (int i = 0; i < someDelays.length; i++) {
            someDelays[i] = Duration.ofNanos(delays.nextNanos());
        }
        for (int i = 0; i < count; i++) {
            pending.add(loop.schedule(Duration.ofNanos(delays.nextNanos()), this::fired));
        }
        for (int i = 0; i < BATCH; i++) {
            due.add(loop.schedule(Duration.ZERO, this::fired));
        }
        loop.runOnce(Duration.ZERO);
    }

    private void fired() {
        fired++;
    }

    @Override
    public void scheduleAndCancel() {
        loop.schedule(someDelays[next++ & (someDelays.length - 1)], this::fired).cancel();
    }

    @Override
    public void rearm(int index) {
        pending.get(index).restart();
    }

    @Override
    public void fire() {
        long goal = fired + BATCH;
        for (int i = 0; i < BATCH; i++) {
            due.get(i).restart();
        }
        while (fired < goal) {
            loop.runOnce(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
