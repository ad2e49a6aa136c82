// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** A channel's place in a poller: the JDK's channel, and the registration while there is one. */
final class Entry {
    final SelectableChannel channel;

    /** Written by the poller the channel is registered with, and by its cancellation. */
    private @Nullable NioRegistration registration;

    /** The poller of the latest registration, which may still hold a cancelled key of the channel. */
    private @Nullable NioPoller poller;

    Entry(SelectableChannel channel) {
        this.channel = channel;
    }

    boolean isFree() {
        return registration == null;
    }

    void take(NioRegistration taken, NioPoller by) {
        registration = taken;
        poller = by;
    }

    void release() {
        registration = null;
    }

    /**
     * Whether the connection has an error or has ended both ways; false if nobody polls it.
     *
     * <p>JDKs on Linux: a key that waits for a connection which stands already is selected if and only if that is so.
     * See {@code SocketChannelImpl.translateReadyOps}. On other systems no key tells it, and the next read does.
     */
    boolean hasHungUp() {
        try {
            return poller != null && poller.selects(channel, SelectionKey.OP_CONNECT);
        } catch (IOException e) {
            return false; // no descriptor left for another selector: the next read tells
        }
    }

    /** To be called after whatever changes the operations that the JDK's channel can be selected for. */
    void refresh() {
        if (registration != null) {
            registration.refresh();
        }
    }

    /** The JDK looks whether a kind of channel has an option before it looks whether the channel is open. */
    void checkOpen() throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /**
     * Closes the channel. A registration that was not cancelled before ends too, and the next poll reports it.
     *
     * <p>All JDKs: a channel that is registered, if only by a cancelled key, is closed in the kernel by the next selection. Until
     * then its port is taken, and the peer of a stream reads an end where close(2) over unread bytes resets the connection. So
     * the poller lets go of the key first, unless another thread is in it.
     * See {@code SocketChannelImpl.implCloseNonBlockingMode}.
     */
    void close() throws IOException {
        if (registration != null) {
            registration.channelClosed();
        }
        if (poller != null && channel.isRegistered() && poller.isOnItsThread()) {
            poller.release();
        }
        channel.close();
    }
}
