// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;
import static org.asyncore.internal.Readiness.ALWAYS;
import static org.asyncore.internal.Readiness.LAYERED;
import static org.asyncore.internal.Readiness.POLLED;
import static org.asyncore.internal.Readiness.WRITABLE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import org.asyncore.ChannelDispatcher;
import org.asyncore.Dispatcher;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.asyncore.spi.StreamLayer;
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
        if (slot >= 0) {
            reactor.members.remove(this);
            if (channel instanceof StreamLayer l) {
                l.left();
            }
        }
        if (registration != null) {
            registration.cancel();
            registration = null;
            told = Ops.NONE;
            reactor.cancelled();
        }
    }

    // What is wanted.

    /** Asks the dispatcher what it waits for; tells the poller what changed, and the loop what is known already. */
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
        if (slot < 0) {
            return; // it closed itself in its answer
        }
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

    private void wantOfLayer(Ops wanted) {
        tell(layer().interest(wanted));
        if (layer().isReady()) {
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

    private void tell(Ops ops) {
        if (ops != told) {
            try {
                change(ops);
            } catch (IOException | UncheckedIOException e) {
                unpollable(ops, e);
            }
        }
    }

    private void change(Ops ops) throws IOException {
        if (registration == null) {
            Channel polled = channel instanceof StreamLayer l ? l.transport() : channel;
            registration = reactor.poller.register(polled, this);
        }
        registration.interest(ops);
        told = ops;
    }

    /** What epoll_ctl(2) refuses with EPERM, /dev/null for one, is always ready: so says select(2). */
    private void unpollable(Ops ops, Exception cause) {
        if (channel instanceof NetworkChannel) {
            Reactor.handleError(dispatcher, cause);
        } else {
            readiness = ALWAYS;
            presume(ops);
        }
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

    final void serveRead() throws Exception {
        if (readiness == LAYERED) {
            serveLayer();
        } else {
            dispatcher.handleReadEvent();
        }
    }

    /** What the layer makes of its transport's readiness, reading before writing as ever. */
    private void serveLayer() throws Exception {
        Ops ready = isConnecting() ? layer().advanceConnecting() : layer().advance();
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
