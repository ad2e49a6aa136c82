// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.Collection;
import org.asyncore.Dispatcher;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** The part of a turn that is about dispatchers: asks them, polls for them, and serves them. */
final class Reactor {
    private final Poller poller;
    private final LoopThread thread;
    private final SocketMap sockets = new SocketMap();
    private final ReadySlots ready = new ReadySlots();
    private final AcceptedChannels accepted = new AcceptedChannels(sockets);
    private final LingeringLayers lingering;
    private final Diagnostics diagnostics;
    private final Asking asking;
    private final LoopCounts counts;
    private int depth; // turns under way: more than one when a hook runs the loop
    private boolean cancelled; // a registration has ended since the last poll

    Reactor(Poller poller, InterestPolicy policy, LoopThread thread, LingeringLayers lingering, LoopCounts counts) {
        this.poller = poller;
        this.thread = thread;
        this.lingering = lingering;
        this.counts = counts;
        asking = new Asking(sockets, policy, this::failed);
        diagnostics = new Diagnostics(sockets, policy);
    }

    // The socket map.

    SocketMapEntry entry(Dispatcher dispatcher, Channel channel, ChannelState state) {
        return new SocketMapEntry(dispatcher, channel, state, poller, ready);
    }

    @Nullable
    SocketMapEntry entryOf(Dispatcher dispatcher) {
        return sockets.of(dispatcher);
    }

    Collection<Dispatcher> dispatchers() {
        return sockets;
    }

    /** Adds a dispatcher. */
    void add(SocketMapEntry entry) {
        sockets.add(entry);
        LoopCounts.add(counts.dispatchers, 1);
        ready.ensureCapacity(sockets.end());
        changed(entry);
    }

    /** Removes a dispatcher; its channel stays open. Does nothing if it has left. */
    void remove(SocketMapEntry entry) {
        thread.check();
        boolean member = entry.isMember();
        if (member) {
            queued(entry.dispatcher, 0);
            sockets.remove(entry);
            LoopCounts.add(counts.dispatchers, -1);
        }
        unregister(entry);
        if (member && entry.channel instanceof StreamLayer layer) {
            layer.left();
        }
    }

    /** Removes a dispatcher, if it is in the loop. */
    void remove(Dispatcher dispatcher) {
        SocketMapEntry entry = sockets.of(dispatcher);
        if (entry != null) {
            remove(entry);
        }
    }

    /**
     * Ends the poller's registration; the next interest makes another. Some pollers release the old one only in their
     * next poll.
     */
    void unregister(SocketMapEntry entry) {
        cancelled |= entry.unregister();
    }

    /** Puts another entry of the same dispatcher in the place of this one, if the dispatcher is in the loop. */
    void replace(SocketMapEntry entry, SocketMapEntry other) {
        if (entry.isMember()) {
            sockets.replace(entry, other);
            changed(other);
        }
    }

    /**
     * Removes a dispatcher and closes its channel; a layer is closed once it has sent what it has taken. May be
     * repeated.
     */
    void close(SocketMapEntry entry) throws IOException {
        boolean first = entry.state() != ChannelState.CLOSED;
        entry.setState(ChannelState.CLOSED);
        try {
            remove(entry);
        } finally {
            if (!(entry.channel instanceof StreamLayer layer)) {
                entry.channel.close();
            } else if (first) {
                lingering.close(layer, entry.dispatcher);
            }
        }
        flush();
    }

    // What dispatchers do.

    /**
     * Notes that a dispatcher sends, receives or connects. This must be the loop's thread, and its interest may change.
     */
    void touched(SocketMapEntry entry) {
        thread.check();
        changed(entry);
    }

    /** Asks a dispatcher again, because its answers may have changed. */
    void changed(SocketMapEntry entry) {
        asking.changed(entry);
    }

    /** Asks a dispatcher again, if it is in the loop. */
    void changed(Dispatcher dispatcher) {
        SocketMapEntry entry = sockets.of(dispatcher);
        if (entry != null) {
            changed(entry);
        }
    }

    /** Notes that a dispatcher has received bytes, or an empty datagram. */
    void received(int bytes) {
        LoopCounts.add(counts.receivedBytes, bytes);
        diagnostics.progressed();
    }

    /** Notes that a channel has taken bytes. */
    void sent(int bytes) {
        LoopCounts.add(counts.sentBytes, bytes);
        diagnostics.progressed();
    }

    /** Notes how many bytes a dispatcher has queued, if it is in the loop. */
    void queued(Dispatcher dispatcher, long bytes) {
        SocketMapEntry entry = sockets.of(dispatcher);
        if (entry != null) {
            LoopCounts.add(counts.queuedBytes, bytes - entry.queuedBytes);
            entry.queuedBytes = bytes;
        }
    }

    /** Notes a connection that a dispatcher accepted. */
    void accepted(StreamChannel connection) {
        accepted.add(connection);
    }

    // Turns.

    /** Begins a turn. Returns true if a hook of an outer turn runs it. */
    boolean beginTurn() {
        if (depth++ == 0) {
            sockets.compact();
        }
        diagnostics.beginTurn();
        return counts.beginTurn();
    }

    /**
     * Ends a turn, which an exception may have cut short.
     *
     * @param inHook what {@link #beginTurn} returned
     */
    void endTurn(boolean completed, boolean inHook) {
        depth--;
        counts.endTurn(inHook);
        if (completed) {
            diagnostics.endTurn();
        } else {
            endWait();
        }
    }

    /** Ends a wait after which nothing is served. */
    void endWait() {
        counts.endWait();
        forget(ready.reads);
        forget(ready.writes);
        forget(ready.urgents);
    }

    /**
     * Empties a set of ready slots. Asking or the poller reports them again, because both do so as long as they are
     * ready.
     */
    private void forget(ReadySet set) {
        for (int slot = set.take(); slot >= 0; slot = set.take()) {
            SocketMapEntry entry = sockets.at(slot);
            if (entry != null) {
                changed(entry);
            }
        }
    }

    void ask() {
        asking.ask();
        diagnostics.asked(ready.first());
    }

    /**
     * Reports to a dispatcher an exception of its channel, layer or registration. If the channel is closed, the
     * dispatcher then leaves the loop, because nothing can become ready any more.
     */
    private void failed(SocketMapEntry entry, Throwable cause) {
        boolean open = entry.isOpen();
        Throwable reported = open || cause instanceof ChannelClosedException
                ? cause
                : new ChannelClosedException(entry.dispatcher).initCause(cause);
        HookFailures.handle(entry.dispatcher, reported);
        if (!open && entry.isMember()) {
            remove(entry);
        }
    }

    /** Returns true if the turn must not wait: a slot is ready, or a dispatcher has still to be asked. */
    boolean isReady() {
        return ready.first() >= 0 || asking.isPending();
    }

    /** Waits; the poller notes what is ready. Returns how many reports it made. */
    int poll(long nanos) throws IOException {
        cancelled = false;
        return poller.poll(nanos);
    }

    /**
     * Serves the dispatchers that are ready for an event. A dispatcher that an earlier hook of this turn closed is
     * skipped.
     */
    void serve(ReadySlots.Event event) {
        ReadySet slots = ready.of(event);
        for (int slot = slots.take(); slot >= 0; slot = slots.take()) {
            SocketMapEntry entry = sockets.at(slot);
            if (entry == null) {
                continue;
            }
            changed(entry);
            if (entry.isClosedByOthers()) {
                failed(entry, new ChannelClosedException(entry.dispatcher));
                continue;
            }
            int firstAccepted = accepted.begin();
            try {
                switch (event) {
                    case READ -> {
                        LoopCounts.add(counts.reads, 1);
                        if (entry.becomesReadable()) {
                            entry.dispatcher.handleReadEvent();
                        }
                    }
                    case WRITE -> {
                        LoopCounts.add(counts.writes, 1);
                        entry.dispatcher.handleWriteEvent();
                    }
                    case URGENT -> {
                        LoopCounts.add(counts.urgents, 1);
                        entry.dispatcher.handleExptEvent();
                    }
                }
                accepted.end(firstAccepted);
            } catch (Exception | Error e) {
                accepted.endFailed(firstAccepted, e);
                HookFailures.handle(entry.dispatcher, e);
            }
        }
    }

    void beginWait() {
        counts.beginWait();
    }

    void beginServing() {
        counts.beginServing();
        diagnostics.waited();
    }

    /** Lets a service take a connection over, as a hook does that has accepted it. */
    void serve(Loop loop, StreamChannel connection, LoopGroup.Service service) {
        int firstAccepted = accepted.begin();
        accepted.add(connection);
        try {
            service.serve(loop, connection);
            accepted.end(firstAccepted);
        } catch (Exception | Error e) {
            accepted.endFailed(firstAccepted, e);
            HookFailures.throwIfLeavesLoop(e);
            LoopLog.LOG.error("{} cannot serve {}", loop, connection, e);
        }
    }

    /** Returns true if a dispatcher is in the loop, or a layer of one that has left is still sending. */
    boolean hasConnections() {
        return !sockets.isEmpty() || !lingering.isEmpty();
    }

    void serveLingering() {
        lingering.serve();
    }

    /** Begins to close many dispatchers: {@link #flush} does nothing until {@link #endClosing}. */
    void beginClosing() {
        depth++;
    }

    void endClosing() {
        depth--;
    }

    /** Releases what ended registrations still hold, if no turn is under way whose poll does so. */
    void flush() throws IOException {
        if (cancelled && depth == 0) {
            cancelled = false;
            poller.flush();
        }
    }

    void wakeup() {
        poller.wakeup();
    }

    /** Closes the layers that linger, and the poller. */
    void close() throws IOException {
        lingering.closeAll();
        cancelled = false;
        poller.close();
    }
}
