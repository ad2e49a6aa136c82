// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.nio.channels.SelectionKey;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/** A selection key that speaks {@link Ops}, whatever the channel under it is going through. */
final class NioRegistration implements Registration {
    private enum State {
        LIVE,
        /** The channel was closed; the next poll reports it. */
        ORPHANED,
        CANCELLED
    }

    private final NioPoller poller;
    private final NioChannel channel;
    private final @Nullable SelectionKey key; // none if the connection failed before
    private final ReadyHandler handler;

    private Ops interest = Ops.NONE;
    private State state = State.LIVE;

    /** What the key was last told; it locks and queues even if nothing changes. */
    private int keyOps;

    NioRegistration(NioPoller poller, NioChannel channel, @Nullable SelectionKey key, ReadyHandler handler) {
        this.poller = poller;
        this.channel = channel;
        this.key = key;
        this.handler = handler;
    }

    @Override
    public void interest(Ops ops) {
        if (state == State.CANCELLED) {
            throw new IllegalStateException("the registration is cancelled: " + channel);
        }
        interest = ops;
        if (state == State.LIVE) {
            refresh();
        }
    }

    @Override
    public void cancel() {
        if (state != State.CANCELLED) {
            if (key != null) {
                key.cancel();
            }
            detach();
            poller.forget(this);
        }
    }

    /** Ends the registration; its key is ended by the caller. */
    void detach() {
        if (state == State.LIVE) {
            channel.entry().release();
        }
        state = State.CANCELLED;
    }

    /** The channel is about to be closed, and nobody has cancelled before. */
    void channelClosed() {
        if (key != null) {
            key.cancel();
        }
        state = State.ORPHANED;
        channel.entry().release();
        poller.orphaned(this);
    }

    void reportClosed() {
        state = State.CANCELLED;
        handler.closed();
    }

    boolean isWaiting() {
        return interest != Ops.NONE;
    }

    /** Tells the key what the interest means now, or the poller that there is no key to tell. */
    void refresh() {
        NioStream stream = connection();
        if (stream != null && stream.hasFailed()) {
            poller.failed(this);
        } else {
            tell(stream != null && stream.isPending() ? pendingOps() : KeyOps.of(interest, validOps()));
        }
    }

    private int validOps() {
        return channel.entry().channel.validOps() & ~SelectionKey.OP_CONNECT;
    }

    /**
     * All JDKs: while a connection is pending, a key never reports OP_READ or OP_WRITE, but the selector returns
     * without end for what it does not report. So whoever waits for anything waits for the connection first. See
     * {@code SocketChannelImpl.translateReadyOps}.
     */
    private int pendingOps() {
        return isWaiting() ? SelectionKey.OP_CONNECT : 0;
    }

    private void tell(int ops) {
        if (key != null && keyOps != ops) {
            key.interestOps(ops);
            keyOps = ops;
        }
    }

    /** Whether the key waits for a connection, whatever the interest is. */
    boolean isConnecting() {
        return keyOps == SelectionKey.OP_CONNECT;
    }

    /**
     * Ends a connection attempt that the selection reported as over.
     *
     * @return whether the connection is established, so that another selection is needed to find what it is ready for
     */
    boolean settle() {
        NioStream stream = connection();
        boolean connected = stream != null && stream.settle();
        refresh();
        return connected;
    }

    /**
     * Calls the handler with these operations, as far as the interest contains them.
     *
     * @return whether it did
     */
    boolean report(int readyOps) {
        Ops ops = KeyOps.reported(readyOps, interest);
        if (ops == Ops.NONE) {
            return false;
        }
        handler.ready(ops);
        return true;
    }

    private @Nullable NioStream connection() {
        return channel instanceof NioStream stream ? stream : null;
    }
}
