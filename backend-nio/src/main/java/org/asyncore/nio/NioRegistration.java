// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.nio.channels.SelectionKey;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/** A selection key in terms of {@link Ops}, also while its channel is being connected or after that has failed. */
final class NioRegistration implements Registration {
    private enum State {
        LIVE,
        /** The channel was closed; the next poll reports it. */
        ORPHANED,
        CANCELLED
    }

    private final NioPoller poller;
    private final NioChannel channel;
    private final @Nullable SelectionKey key; // null if the connection attempt had failed before
    private final ReadyHandler handler;

    private Ops interest = Ops.NONE;
    private State state = State.LIVE;

    /** The operations last set in the key. Setting them again would lock and queue although nothing changes. */
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

    /** Ends the registration. The caller ends its key. */
    void detach() {
        if (state == State.LIVE) {
            channel.slot().release();
        }
        state = State.CANCELLED;
    }

    /** Ends the registration because its channel is about to be closed. */
    void channelClosed() {
        if (key != null) {
            key.cancel();
        }
        state = State.ORPHANED;
        channel.slot().release();
        poller.orphaned(this);
    }

    void reportClosed() {
        state = State.CANCELLED;
        handler.closed();
    }

    boolean isWaiting() {
        return interest != Ops.NONE;
    }

    /** Sets the key to the operations that the interest means now, or adds the registration to the failed ones. */
    void refresh() {
        NioStreamChannel stream = connection();
        if (stream != null && stream.hasFailed()) {
            poller.failed(this);
        } else {
            setKeyOps(stream != null && stream.isPending() ? pendingOps() : KeyOps.of(interest, validOps()));
        }
    }

    private int validOps() {
        return channel.slot().channel.validOps() & ~SelectionKey.OP_CONNECT;
    }

    /**
     * Returns OP_CONNECT for each interest. All JDKs: while a connection attempt is pending, a key never reports OP_READ or
     * OP_WRITE, but the selector returns at once, again and again, for what it does not report. See
     * {@code SocketChannelImpl.translateReadyOps}.
     */
    private int pendingOps() {
        return isWaiting() ? SelectionKey.OP_CONNECT : 0;
    }

    private void setKeyOps(int ops) {
        if (key != null && keyOps != ops) {
            key.interestOps(ops);
            keyOps = ops;
        }
    }

    /** Returns true if the key waits for a connection, for any interest. */
    boolean isConnecting() {
        return keyOps == SelectionKey.OP_CONNECT;
    }

    /**
     * Finishes a connection attempt that the selection reported as over.
     *
     * @return true if the connection is established, so that another selection is needed to find its readiness
     */
    boolean settle() {
        NioStreamChannel stream = connection();
        boolean connected = stream != null && stream.settle();
        refresh();
        return connected;
    }

    /**
     * Calls the handler with these operations, as far as the interest contains them.
     *
     * @return true if the handler was called
     */
    boolean report(int readyOps) {
        Ops ops = KeyOps.reported(readyOps, interest);
        if (ops == Ops.NONE) {
            return false;
        }
        handler.ready(ops);
        return true;
    }

    private @Nullable NioStreamChannel connection() {
        return channel instanceof NioStreamChannel stream ? stream : null;
    }
}
