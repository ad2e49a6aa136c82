// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;

/** Our loop's timers. */
final class LoopTimers implements Timers {
    private final Loop loop = Loop.open();
    private final Delays delays = new Delays();
    private final List<TimerHandle> pending = new ArrayList<>();
    private final List<TimerHandle> due = new ArrayList<>();
    private final Duration[] some = new Duration[1024];
    private int next;
    private long fired;

    @Override
    public void fill(int count) {
        for (int i = 0; i < some.length; i++) {
            some[i] = Duration.ofNanos(delays.nextNanos());
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
        loop.schedule(some[next++ & (some.length - 1)], this::fired).cancel();
    }

    @Override
    public void rearm(int which) {
        pending.get(which).restart();
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
