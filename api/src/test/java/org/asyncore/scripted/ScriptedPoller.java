// SPDX-License-Identifier: Apache-2.0
package org.asyncore.scripted;

import java.nio.channels.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;

/**
 * A poller that runs one step of a script in each poll, and records interests and timeouts. Its clock moves only when
 * it waits.
 */
public final class ScriptedPoller implements Poller {
    public final List<String> interests = new ArrayList<>();
    public final List<Long> timeouts = new ArrayList<>();
    public long now;

    private final Map<Channel, ReadyHandler> handlers = new HashMap<>();
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** Appends a step; each poll runs one. */
    public void then(Runnable step) {
        steps.add(step);
    }

    public void report(Channel channel, Ops ops) {
        Objects.requireNonNull(handlers.get(channel), "not registered").ready(ops);
    }

    public void reportUrgent(Channel channel) {
        Objects.requireNonNull(handlers.get(channel), "not registered").urgent();
    }

    @Override
    public Registration register(Channel channel, ReadyHandler handler) {
        handlers.put(channel, handler);
        return new Registration() {
            @Override
            public void interest(Ops ops) {
                interests.add(channel + " " + ops);
            }

            @Override
            public void cancel() {
                handlers.remove(channel);
            }
        };
    }

    @Override
    public int poll(long timeoutNanos) {
        timeouts.add(timeoutNanos);
        Runnable step = steps.poll();
        if (step == null) {
            now += timeoutNanos;
            return 0;
        }
        step.run();
        return 1;
    }

    @Override
    public void flush() {}

    @Override
    public void wakeup() {}

    @Override
    public void close() {
        handlers.clear();
    }
}
