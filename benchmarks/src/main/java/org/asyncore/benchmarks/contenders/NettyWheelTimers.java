// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Timers of Netty's wheel, which has a thread and ticks of its own. */
final class NettyWheelTimers implements Timers {
    private final HashedWheelTimer wheel = new HashedWheelTimer();
    private final TimerDelays delays = new TimerDelays();
    private final List<Timeout> pending = new ArrayList<>();
    private final TimerTask task = this::expired;

    @Override
    public void fill(int count) {
        for (int i = 0; i < count; i++) {
            pending.add(schedule());
        }
    }

    private void expired(Timeout timeout) {
        throw new IllegalStateException("a timer fired an hour too early: " + timeout);
    }

    private Timeout schedule() {
        return wheel.newTimeout(task, delays.nextNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void scheduleAndCancel() {
        schedule().cancel();
    }

    @Override
    public void rearm(int index) {
        pending.get(index).cancel();
        pending.set(index, schedule());
    }

    @Override
    public void fire() {
        throw new UnsupportedOperationException(
                "the wheel fires only at a tick, so this would measure the length of a tick");
    }

    @Override
    public void close() {
        wheel.stop();
    }
}
