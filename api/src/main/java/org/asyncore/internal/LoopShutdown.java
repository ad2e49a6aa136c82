// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.asyncore.Dispatcher;
import org.asyncore.TimerHandle;
import org.jspecify.annotations.Nullable;

/** Ends the work of a loop without cutting connections off: see {@link org.asyncore.Loop#shutdown}. */
final class LoopShutdown {
    private final Reactor reactor;
    private final TimerQueue timers;
    private final LoopThread thread;
    private final LoopCounts counts;
    private final ArrayDeque<Dispatcher> toAsk = new ArrayDeque<>(); // dispatchers not asked yet to end their work

    /** The dispatchers of this shutdown, because one may join again: STARTTLS, for example, replaces its channel. */
    private final Set<Dispatcher> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable TimerHandle deadline; // not null while a shutdown is under way

    LoopShutdown(Reactor reactor, TimerQueue timers, LoopThread thread, LoopCounts counts) {
        this.reactor = reactor;
        this.timers = timers;
        this.thread = thread;
        this.counts = counts;
    }

    /** Lets the loop begin a shutdown. Any thread. */
    void request(Executor loop, Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("negative time of grace: " + grace);
        }
        try {
            loop.execute(() -> begin(grace));
        } catch (RejectedExecutionException e) {
            // the loop is closed, so there is nothing left to end
        }
    }

    /** Begins a shutdown, or gives the one that is under way another deadline. */
    private void begin(Duration grace) {
        if (deadline == null) {
            closeListeners();
            reactor.dispatchers().forEach(this::add);
        } else {
            deadline.cancel();
        }
        deadline = timers.schedule(timer -> expire(grace), grace, false).unref();
    }

    private void closeListeners() {
        for (Dispatcher dispatcher : List.copyOf(reactor.dispatchers())) {
            SocketMapEntry entry = reactor.entryOf(dispatcher);
            if (entry != null && entry.state() == ChannelState.LISTENING) {
                ask(entry);
            }
        }
    }

    private void add(Dispatcher dispatcher) {
        if (known.add(dispatcher)) {
            toAsk.add(dispatcher);
        }
    }

    /** Notes a dispatcher that has joined the loop. */
    void joined(Dispatcher dispatcher) {
        if (deadline != null) {
            add(dispatcher);
        }
    }

    /** Asks the dispatchers to end their work, and stops the loop when all have left. Called at the end of each turn. */
    void proceed() {
        if (deadline == null) {
            return;
        }
        for (Dispatcher next = toAsk.poll(); next != null; next = toAsk.poll()) {
            SocketMapEntry entry = reactor.entryOf(next);
            if (entry != null) { // else it has left
                reactor.changed(entry);
                ask(entry);
            }
        }
        if (!reactor.hasConnections()) {
            end();
        }
    }

    private void ask(SocketMapEntry entry) {
        LoopCounts.add(counts.others, 1);
        try {
            if (entry.state() == ChannelState.LISTENING) {
                entry.dispatcher.close();
            } else {
                entry.dispatcher.handleShutdown();
            }
        } catch (Exception | Error e) {
            HookFailures.handle(entry.dispatcher, e);
        }
    }

    private void end() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        toAsk.clear();
        known.clear();
        thread.askToStop();
    }

    private void expire(Duration grace) throws IOException {
        List<Dispatcher> left = List.copyOf(reactor.dispatchers());
        if (!left.isEmpty()) {
            LoopLog.LOG.warn(
                    "{}: {} dispatchers have not ended {} after the shutdown began, and are closed; the first is {}."
                            + " Give the shutdown more time, or let handleShutdown close them",
                    thread,
                    left.size(),
                    grace,
                    left.get(0));
        }
        try {
            DispatcherClosing.closeAll(reactor, true);
        } finally {
            end();
        }
    }
}
