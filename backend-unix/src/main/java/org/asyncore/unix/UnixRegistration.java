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

    /** Set once, by {@link UnixPoller#register}; null for what the kernel cannot poll. */
    @Nullable
    IoRegistration kernelEntry;

    /** Written by the poller; not null as long as the kernel is not to poll the channel. */
    @Nullable
    UnixFifoReader awaited;

    private Ops interest = Ops.NONE;
    private State state = State.LIVE;

    UnixRegistration(UnixPoller poller, Descriptor descriptor, ReadyHandler handler) {
        this.poller = poller;
        this.descriptor = descriptor;
        this.handler = handler;
    }

    /** Takes the descriptor that the channel has by now. */
    void moveTo(Descriptor opened) {
        descriptor.registration = null;
        descriptor = opened;
        opened.registration = this;
    }

    /** What the kernel knows the channel by. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    Ops interest() {
        return interest;
    }

    @Override
    public void interest(Ops ops) {
        if (state == State.CANCELLED) {
            throw new IllegalStateException("registration is cancelled: descriptor " + descriptor.intValue());
        }
        if (ops != interest && state == State.LIVE) {
            poller.change(this, ops);
            interest = ops;
        }
    }

    /**
     * Calls the handler with what the kernel reports, as far as the interest contains it: epoll reports a hang-up in any
     * case. Called by Netty during a poll.
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

    /** The channel is about to be closed, and nobody has cancelled before. */
    void channelClosed() {
        withdraw();
        state = State.ORPHANED;
        poller.orphaned(this);
    }

    void reportClosed() {
        state = State.CANCELLED;
        handler.closed();
    }

    /** The poller closes. */
    public void end() {
        state = State.CANCELLED;
        interest = Ops.NONE;
        descriptor.registration = null;
    }

    private static Ops both(Ops a, Ops b) {
        return a == b ? a : Ops.of(a.reads() && b.reads(), a.writes() && b.writes());
    }
}
