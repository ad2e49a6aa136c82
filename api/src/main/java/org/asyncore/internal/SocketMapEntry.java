// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import org.asyncore.ChannelDispatcher;
import org.asyncore.Dispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.channels.WrappingChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher's entry in the socket map: its slot, the state of its channel, its interest, and what the poller
 * reports.
 */
final class SocketMapEntry implements ReadyHandler {
    final Dispatcher dispatcher;
    final Channel channel;
    int slot = -1; // SocketMap writes it; -1 while not in the loop
    boolean inAskQueue; // Asking writes it
    long queuedBytes; // the reactor writes it

    private final Poller poller;
    private final ReadySlots ready;
    private final @Nullable LayerReadiness layer; // of a layered channel
    private ChannelState state;
    private ReadinessSource source;
    private Ops interest = Ops.NONE; // as the poller knows it
    private @Nullable Registration registration; // from the first interest on

    SocketMapEntry(Dispatcher dispatcher, Channel channel, ChannelState state, Poller poller, ReadySlots ready) {
        this.dispatcher = dispatcher;
        this.channel = channel;
        this.state = state;
        this.poller = poller;
        this.ready = ready;
        source = state.source(channel);
        layer = channel instanceof StreamLayer l ? new LayerReadiness(l) : null;
    }

    /** Returns true if the dispatcher is in the loop. */
    boolean isMember() {
        return slot >= 0;
    }

    ChannelState state() {
        return state;
    }

    void setState(ChannelState state) {
        this.state = state;
        source = state.source(channel);
    }

    /** Takes the entry out of service until the next {@link #setState}. */
    void rest() {
        source = ReadinessSource.RESTING;
    }

    /** Returns the channel that the poller knows: the innermost one, such as the transport of a layer. */
    Channel polled() {
        return WrappingChannel.polled(channel);
    }

    /** Returns true if the channel is open. A layer over a closed transport counts as closed. */
    boolean isOpen() {
        return channel.isOpen() && polled().isOpen();
    }

    /** Ends the poller's registration; the next interest makes another. Returns false if there was none. */
    boolean unregister() {
        if (channel instanceof HostStream stream) {
            stream.leave();
            return true; // it may have had some
        }
        Registration ended = registration;
        if (ended == null) {
            return false;
        }
        registration = null;
        interest = Ops.NONE;
        ended.cancel();
        return true;
    }

    /** Checks that a poller of this backend can register the channel. A poller never gets files, nor streams without a socket. */
    void checkRegistrable(Backend backend) {
        if (!ChannelState.isFile(channel) && !(channel instanceof HostStream)) {
            backend.checkRegistrable(polled());
        }
    }

    // Interest.

    /** Asks the dispatcher what it waits for. Throws only what its {@code readable} and {@code writable} throw. */
    Ops ask() {
        if (dispatcher instanceof ChannelDispatcher d) { // costs less than two calls through the interface
            return Ops.of(d.readable(), d.writable());
        }
        return Ops.of(dispatcher.readable(), dispatcher.writable());
    }

    /**
     * Sets the interest. The poller waits for operations that only it can report; those that are ready already are
     * noted.
     */
    void await(Ops wanted) throws IOException {
        if (source == ReadinessSource.PRESUMED_WRITABLE) {
            if (wanted.writes()) {
                ready.writes.add(slot);
            }
            poll(wanted.reads() ? Ops.READ : Ops.NONE);
        } else if (source == ReadinessSource.POLLER) {
            boolean listens = state == ChannelState.LISTENING; // then it never becomes writable
            poll(listens ? Ops.of(wanted.reads(), false) : wanted);
        } else if (source == ReadinessSource.LAYER) {
            awaitLayer(wanted);
        } else {
            poll(Ops.NONE);
            if (source == ReadinessSource.ALWAYS) {
                addReady(wanted);
            }
        }
    }

    private void awaitLayer(Ops wanted) throws IOException {
        Ops ops = layer().interest(wanted);
        if (slot < 0) {
            return; // the layer closed the dispatcher
        }
        poll(ops);
        if (layer().isReady() && slot >= 0) {
            ready.reads.add(slot);
        }
    }

    /**
     * Sets the poller's interest. A channel without interest is looked at here, because the poller does not report that
     * it is closed.
     */
    private void poll(Ops ops) throws IOException {
        if (ops != interest) {
            try {
                register(ops);
            } catch (IOException | UncheckedIOException e) {
                if (channel instanceof NetworkChannel || !isOpen()) {
                    throw e;
                }
                source = ReadinessSource.ALWAYS; // epoll_ctl(2) refuses /dev/null with EPERM; select(2) calls it ready
                addReady(ops);
            }
        } else if (ops == Ops.NONE && !isOpen()) {
            throw new ChannelClosedException(dispatcher);
        }
    }

    private void register(Ops ops) throws IOException {
        if (registration == null) {
            registration = poller.register(polled(), this);
        }
        registration.interest(ops);
        interest = ops;
    }

    /** Registers a socket of a {@link HostStream} until it has an outcome. This entry is readable then. */
    Registration registerAttempt(StreamChannel socket) throws IOException {
        Registration attempt = poller.register(WrappingChannel.polled(socket), ops -> ready.reads.add(slot));
        attempt.interest(Ops.WRITE);
        return attempt;
    }

    /**
     * Notes whether a send took everything that was offered. If not, only the poller knows when there is room again.
     */
    void sent(int bytes, int offered) {
        if (bytes < offered) {
            if (source == ReadinessSource.PRESUMED_WRITABLE) {
                source = ReadinessSource.POLLER;
            }
        } else if (bytes > 0 && source == ReadinessSource.POLLER) {
            source = state.source(channel);
        }
    }

    /** Returns true if the poller was asked to report room to send. */
    boolean awaitsRoom() {
        return interest.writes();
    }

    // Readiness. A poller calls the first three while it polls.

    @Override
    public void ready(Ops ops) {
        if (layer == null) {
            addReady(ops);
        } else {
            layer.transportReady(ops);
            ready.reads.add(slot);
        }
    }

    @Override
    public void urgent() {
        ready.urgents.add(slot);
    }

    @Override
    public void closed() {
        registration = null;
        interest = Ops.NONE;
        source = ReadinessSource.CLOSED_BY_OTHERS;
        ready.reads.add(slot);
    }

    boolean isClosedByOthers() {
        return source == ReadinessSource.CLOSED_BY_OTHERS;
    }

    /** Lets a layer or a {@link HostStream} work on what is reported. Returns true if the dispatcher can read. */
    boolean becomesReadable() {
        if (source != ReadinessSource.LAYER) {
            return source != ReadinessSource.ATTEMPTS || advanceAttempts();
        }
        Ops ops = state == ChannelState.CONNECTING ? layer().advanceConnecting() : layer().advance();
        if (slot < 0) {
            return false; // the layer's work closed the dispatcher
        }
        if (ops.writes()) {
            ready.writes.add(slot);
        }
        return ops.reads();
    }

    private boolean advanceAttempts() {
        ((HostStream) channel).advance();
        return false;
    }

    private void addReady(Ops ops) {
        if (ops.reads()) {
            ready.reads.add(slot);
        }
        if (ops.writes()) {
            ready.writes.add(slot);
        }
    }

    private LayerReadiness layer() {
        return requireNonNull(layer);
    }
}
