// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Timers that are scheduled tasks of a Netty event loop, which is run by hand. */
final class NettyTimers implements Timers {
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(Thread.currentThread(), NettyGroup.handlers(Subjects.nettyFor("netty")));
    private final TimerDelays delays = new TimerDelays();
    private final List<ScheduledFuture<?>> pending = new ArrayList<>();
    private final Runnable task = this::fired;
    private long fired;

    @Override
    public void fill(int count) {
        for (int i = 0; i < count; i++) {
            pending.add(schedule(delays.nextNanos()));
        }
    }

    private ScheduledFuture<?> schedule(long delayNanos) {
        return loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void fired() {
        fired++;
    }

    @Override
    public void scheduleAndCancel() {
        schedule(delays.nextNanos()).cancel(false);
    }

    @Override
    public void rearm(int index) {
        pending.get(index).cancel(false);
        pending.set(index, schedule(delays.nextNanos()));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // if a task does not run, the loop below never ends
    public void fire() {
        long goal = fired + BATCH;
        for (int i = 0; i < BATCH; i++) {
            schedule(0);
        }
        while (fired < goal) {
            loop.runNow();
        }
    }

    @Override
    public void close() {
        Future<?> closed = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!closed.isDone()) {
            loop.runNow();
        }
    }
}
