// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;
import static org.asyncore.internal.Readiness.ALWAYS;
import static org.asyncore.internal.Readiness.LAYERED;
import static org.asyncore.internal.Readiness.ORPHANED;
import static org.asyncore.internal.Readiness.POLLED;
import static org.asyncore.internal.Readiness.WRITABLE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import org.asyncore.ChannelDispatcher;
import org.asyncore.Dispatcher;
import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/** A dispatcher's entry in the loop: its slot, what it waits for, what the poller knows of that, and what it reports. */
abstract class Member implements ReadyHandler {
    final Reactor reactor;
    final Dispatcher dispatcher;
    final Channel channel;
    int slot = -1; // Members writes it; -1 while not in the loop
    boolean toAsk; // the loop writes it: in its list of those to ask
    Readiness readiness; // what is known of the channel; written here, and by who knows its state

    private final @Nullable LayerEvents layer; // of a layered channel
    private Ops told = Ops.NONE; // the interest that the poller knows
    private @Nullable Registration registration; // from the first interest on

    Member(Reactor reactor, Dispatcher dispatcher, Channel channel, Readiness readiness) {
        this.reactor = reactor;
        this.dispatcher = dispatcher;
        this.channel = channel;
        this.readiness = readiness;
        this.layer = channel instanceof StreamLayer l ? new LayerEvents(l) : null;
    }

    /** Whether this listens, so that it is never polled for write. */
    abstract boolean isListening();

    /** Whether a connection is being established. */
    abstract boolean isConnecting();

    /** Leaves the loop and closes the channel. May be repeated. */
    abstract void close() throws IOException;

    /** Whether the dispatcher is in the loop. */
    public final boolean isMember() {
        return slot >= 0;
    }

    /** Joins the loop, asyncore's {@code add_channel}. */
    public final void join() {
        reactor.loop.add(this);
    }

    /** Tells a layer that its dispatcher is in the loop. */
    final void joined() {
        if (channel instanceof StreamLayer l) {
            l.joined(reactor.loop, dispatcher);
        }
    }

    /** Leaves the loop, asyncore's {@code del_channel}; the channel stays open. */
    public final void leave() {
        reactor.loop.checkThread();
        boolean was = slot >= 0;
        if (was) {
            reactor.members.remove(this);
        }
        unregister();
        if (was && channel instanceof StreamLayer l) {
            l.left();
        }
    }

    /** Lets another one of the same dispatcher take this one's place in the loop, if it has one. */
    final void replaceBy(Member other) {
        if (slot >= 0) {
            reactor.members.replace(this, other);
            reactor.changed(other);
        }
    }

    /** Ends the poller's registration, until something is waited for again. */
    final void unregister() {
        Registration ended = registration;
        if (ended != null) {
            registration = null;
            told = Ops.NONE;
            reactor.cancelled();
            ended.cancel();
        }
    }

    /** Checks that the poller can register the channel; a regular file never reaches it. */
    public final void checkRegistrable() {
        if (!State.isFile(channel)) {
            reactor.loop.backend().checkRegistrable(polled());
        }
    }

    /** Returns the channel that the poller knows: the transport of a layer. */
    public final Channel polled() {
        return polled(channel);
    }

    static Channel polled(Channel channel) {
        return channel instanceof StreamLayer l ? l.transport() : channel;
    }

    // What is wanted.

    /**
     * Asks the dispatcher what it waits for; tells the poller what changed, and the loop what is known already. Throws only
     * what the dispatcher's answers throw.
     */
    final void ask() {
        boolean read;
        boolean write;
        if (dispatcher instanceof ChannelDispatcher d) { // costs less than two calls through the interface
            read = d.readable();
            write = d.writable();
        } else {
            read = dispatcher.readable();
            write = dispatcher.writable();
        }
        if (slot >= 0) { // else it closed itself in its answer
            want(read, write);
        }
    }

    private void want(boolean read, boolean write) {
        try {
            tellWanted(read, write);
        } catch (Exception | Error e) {
            failed(e);
        }
    }

    private void tellWanted(boolean read, boolean write) throws IOException {
        if (readiness == WRITABLE) {
            if (write) {
                reactor.writes.add(slot);
            }
            tell(read ? Ops.READ : Ops.NONE);
        } else if (readiness == POLLED) {
            tell(Ops.of(read, write && !isListening()));
        } else if (readiness == LAYERED) {
            wantOfLayer(Ops.of(read, write));
        } else {
            tell(Ops.NONE);
            presume(readiness == ALWAYS ? Ops.of(read, write) : Ops.NONE);
        }
    }

    private void wantOfLayer(Ops wanted) throws IOException {
        Ops ops = layer().interest(wanted);
        if (slot < 0) {
            return; // the layer's answer closed its user
        }
        tell(ops);
        if (layer().isReady() && slot >= 0) {
            reactor.reads.add(slot);
        }
    }

    private void presume(Ops ops) {
        if (ops.reads()) {
            reactor.reads.add(slot);
        }
        if (ops.writes()) {
            reactor.writes.add(slot);
        }
    }

    /** A dispatcher that waits for nothing hears of no closing by the poller, so it is looked at here. */
    private void tell(Ops ops) throws IOException {
        if (ops != told) {
            try {
                change(ops);
            } catch (IOException | UncheckedIOException e) {
                if (channel instanceof NetworkChannel || !isOpen()) {
                    throw e;
                }
                readiness = ALWAYS; // epoll_ctl(2) refuses /dev/null, for one, with EPERM: select(2) calls it ready
                presume(ops);
            }
        } else if (ops == Ops.NONE && !isOpen()) {
            throw new ClosedBehindException(dispatcher);
        }
    }

    private void change(Ops ops) throws IOException {
        if (registration == null) {
            registration = reactor.poller.register(polled(), this);
        }
        registration.interest(ops);
        told = ops;
    }

    /**
     * Gives the dispatcher what its channel, layer or registration threw. A dispatcher whose channel is closed leaves the
     * loop then, because nothing can become ready any more.
     */
    private void failed(Throwable cause) {
        boolean open = isOpen();
        Failures.handle(dispatcher, open || cause instanceof ClosedBehindException ? cause : closedBehind(cause));
        if (!open && slot >= 0) {
            leave();
        }
    }

    /** A layer over a closed transport is as good as closed. */
    private boolean isOpen() {
        return channel.isOpen() && polled().isOpen();
    }

    private Throwable closedBehind(Throwable cause) {
        return new ClosedBehindException(dispatcher).initCause(cause);
    }

    // What is ready.

    @Override
    public final void ready(Ops ops) {
        if (layer != null) {
            layer.transportReady(ops);
            reactor.reads.add(slot);
            return;
        }
        if (ops != Ops.WRITE) {
            reactor.reads.add(slot);
        }
        if (ops != Ops.READ) {
            reactor.writes.add(slot);
        }
    }

    @Override
    public final void urgent() {
        reactor.urgents.add(slot);
    }

    @Override
    public final void closed() {
        registration = null;
        told = Ops.NONE;
        readiness = ORPHANED;
        reactor.reads.add(slot);
    }

    final void serveRead() throws Exception {
        if (readiness == LAYERED) {
            serveLayer();
        } else if (readiness == ORPHANED) {
            failed(new ClosedBehindException(dispatcher));
        } else {
            dispatcher.handleReadEvent();
        }
    }

    /** What the layer makes of its transport's readiness, reading before writing as ever. */
    private void serveLayer() throws Exception {
        Ops ready = isConnecting() ? layer().advanceConnecting() : layer().advance();
        if (slot < 0) {
            return; // the layer's work has closed it
        }
        if (ready.writes()) {
            reactor.writes.add(slot);
        }
        if (ready.reads()) {
            dispatcher.handleReadEvent();
        }
    }

    private LayerEvents layer() {
        return requireNonNull(layer);
    }
}
