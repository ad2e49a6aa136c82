// SPDX-License-Identifier: Apache-2.0
package org.asyncore.scripted;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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
    /** A step of the script, which may make the poll fail. */
    public interface Step {
        void run() throws IOException;
    }

    public final ArrayList<String> interests = new ArrayList<>();
    public final ArrayList<Long> timeouts = new ArrayList<>();
    public long now;

    private Map<Channel, ReadyHandler> handlers = new HashMap<>();
    private final Deque<Step> steps = new ArrayDeque<>();

    /** Appends a step; each poll runs one. */
    public void then(Step step) {
        steps.add(step);
    }

    public void report(Channel channel, Ops ops) {
        Objects.requireNonNull(handlers.get(channel), "not registered").ready(ops);
    }

    public void reportUrgent(Channel channel) {
        Objects.requireNonNull(handlers.get(channel), "not registered").urgent();
    }

    /** Reports that the channel was closed without its owner, which ends the registration. */
    public void reportClosed(Channel channel) {
        Objects.requireNonNull(handlers.remove(channel), "not registered").closed();
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
    public int poll(long timeoutNanos) throws IOException {
        timeouts.add(timeoutNanos);
        Step step = steps.poll();
        if (step == null) {
            now += timeoutNanos;
            return 0;
        }
        step.run();
        return 1;
    }

    /** Drops what it has recorded, and memory that it does not need any more. */
    public void trim() {
        handlers = new HashMap<>(handlers);
        interests.clear();
        interests.trimToSize();
        timeouts.clear();
        timeouts.trimToSize();
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
