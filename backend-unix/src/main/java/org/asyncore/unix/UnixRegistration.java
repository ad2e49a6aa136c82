// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/** A channel's entry in a {@link UnixPoller}. */
public final class UnixRegistration implements Registration {
    private enum State {
        LIVE,
        /** The channel was closed; the next poll reports it. */
        ORPHANED,
        CANCELLED
    }

    private final UnixPoller poller;
    private Descriptor descriptor; // written by moveTo
    private final ReadyHandler handler;

    /** Netty's registration, written by the poller; null while the kernel does not poll the channel. */
    @Nullable
    IoRegistration kernelEntry;

    /** The FIFO, until its first writer has come; written by the poller. */
    @Nullable
    UnixFifoReader awaited;

    private Ops interest = Ops.NONE;
    private State state = State.LIVE;

    UnixRegistration(UnixPoller poller, Descriptor descriptor, ReadyHandler handler) {
        this.poller = poller;
        this.descriptor = descriptor;
        this.handler = handler;
    }

    /** Changes to the descriptor that the channel has opened meanwhile. */
    void moveTo(Descriptor opened) {
        descriptor.registration = null;
        descriptor = opened;
        opened.registration = this;
    }

    /** Returns the descriptor that the kernel polls. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    Ops interest() {
        return interest;
    }

    @Override
    public void interest(Ops ops) {
        if (state == State.CANCELLED) {
            throw new IllegalStateException("the registration is cancelled: descriptor " + descriptor.intValue());
        }
        if (ops != interest && state == State.LIVE) {
            poller.change(this, ops);
            interest = ops;
        }
    }

    /**
     * Calls the handler with the reported readiness, as far as the interest contains it: epoll reports a hang-up for any
     * interest. Called by Netty during a poll.
     */
    public void report(Ops ops, boolean urgentData) {
        if (!poller.isReporting()) {
            return;
        }
        Ops wanted = both(ops, interest);
        if (wanted != Ops.NONE) {
            poller.reported();
            handler.ready(wanted);
        }
        if (urgentData && interest.reads()) {
            poller.reported();
            handler.urgent();
        }
    }

    @Override
    public void cancel() {
        switch (state) {
            case LIVE -> withdraw();
            case ORPHANED -> poller.forget(this);
            case CANCELLED -> {}
        }
        state = State.CANCELLED;
    }

    private void withdraw() {
        poller.withdraw(this);
        end();
    }

    /** Ends the registration because its channel is about to be closed. */
    void channelClosed() {
        withdraw();
        state = State.ORPHANED;
        poller.orphaned(this);
    }

    void reportClosed() {
        state = State.CANCELLED;
        handler.closed();
    }

    /** Ends the registration because its poller closes. */
    public void end() {
        state = State.CANCELLED;
        interest = Ops.NONE;
        descriptor.registration = null;
    }

    private static Ops both(Ops a, Ops b) {
        return a == b ? a : Ops.of(a.reads() && b.reads(), a.writes() && b.writes());
    }
}
