// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** A channel's place in a poller: the JDK's channel, and the registration while there is one. */
final class PollerSlot {
    final SelectableChannel channel;

    /** Written by the poller the channel is registered with, and by its cancellation. */
    private @Nullable NioRegistration registration;

    /** The poller of the latest registration, which may still hold a cancelled key of the channel. */
    private @Nullable NioPoller poller;

    PollerSlot(SelectableChannel channel) {
        this.channel = channel;
    }

    /** Makes a channel non-blocking, or closes it if that fails. */
    static <C extends SelectableChannel> C nonBlocking(C channel) throws IOException {
        try {
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
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
     * Returns true if the connection has an error or has ended in both directions; false if no poller has the channel.
     *
     * <p>JDKs on Linux: a key that waits for a connection which is established already is selected exactly in this case.
     * See {@code SocketChannelImpl.translateReadyOps}. On other systems no key reports it, and the next read does.
     */
    boolean hasHungUp() {
        try {
            return poller != null && poller.selects(channel, SelectionKey.OP_CONNECT);
        } catch (IOException e) {
            return false; // no descriptor is left for another selector; the next read reports the error
        }
    }

    /** Adapts the key. Called after each change of the operations that the JDK's channel can be selected for. */
    void refresh() {
        if (registration != null) {
            registration.refresh();
        }
    }

    /** Checks that the channel is open. The JDK checks first whether the kind of channel has an option. */
    void checkOpen() throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /**
     * Closes the channel. A registration that was not cancelled before ends too, and the next poll reports it.
     *
     * <p>All JDKs: a channel that has a key, even a cancelled one, is closed in the kernel by the next selection only. Until
     * then its port is in use, and the peer of a stream reads an end where close(2) over unread bytes resets the connection.
     * So the poller drops the key first, unless another thread is in it.
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
