// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

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

/** Reports what a test tells it to, and keeps what it was told. Its clock moves when it waits. */
final class ScriptedPoller implements Poller {
    final List<String> interests = new ArrayList<>();
    final List<Long> timeouts = new ArrayList<>();
    long now;

    private final Map<Channel, ReadyHandler> handlers = new HashMap<>();
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** What the next poll without a step does. */
    void then(Runnable step) {
        steps.add(step);
    }

    void report(Channel channel, Ops ops) {
        Objects.requireNonNull(handlers.get(channel), "not registered").ready(ops);
    }

    void reportUrgent(Channel channel) {
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
