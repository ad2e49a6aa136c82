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
    private Ops ready = Ops.NONE;
    private boolean urgent;
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

    /** What the kernel says. Events that nobody asked for end here: an epoll tells of a hang-up in any case. */
    public void report(Ops ops, boolean urgentData) {
        Ops wanted = both(ops, interest);
        boolean wantedUrgent = urgentData && interest.reads();
        if (wanted == Ops.NONE && !wantedUrgent) {
            return;
        }
        if (ready == Ops.NONE && !urgent) {
            poller.queue(this);
        }
        ready = either(ready, wanted);
        urgent |= wantedUrgent;
    }

    /** Calls the handler for what was queued and is still wanted; returns how often. */
    int deliver() {
        Ops ops = both(ready, interest);
        boolean expected = urgent;
        drop();
        int reports = 0;
        if (ops != Ops.NONE) {
            reports++;
            handler.ready(ops);
        }
        if (expected && interest.reads()) {
            reports++;
            handler.urgent();
        }
        return reports;
    }

    /** Forgets what was queued. */
    void drop() {
        ready = Ops.NONE;
        urgent = false;
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

    private static Ops either(Ops a, Ops b) {
        return a == Ops.NONE ? b : Ops.of(a.reads() || b.reads(), a.writes() || b.writes());
    }
}
