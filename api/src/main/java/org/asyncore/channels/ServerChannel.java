// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/** A non-blocking stream socket that listens. */
public interface ServerChannel extends NetworkChannel {
    /** Binds and listens with the system's usual backlog. */
    @Override
    default ServerChannel bind(@Nullable SocketAddress local) throws IOException {
        return bind(local, 128);
    }

    /**
     * Binds and listens: {@code bind(2)}, then {@code listen(2)}.
     *
     * @param local the address to listen on; null for any free one
     * @param backlog how many connections may be pending; a hint to the system
     * @throws java.net.BindException if the address cannot be listened on, or this socket is bound already
     */
    ServerChannel bind(@Nullable SocketAddress local, int backlog) throws IOException;

    /**
     * Changes the backlog, {@code listen(2)} on a listener. Pending connections stay. If the system cannot change the
     * backlog, it stays the same.
     */
    void listen(int backlog) throws IOException;

    /**
     * Accepts a pending connection, {@code accept(2)}. The connection is non-blocking and unregistered, and any poller
     * of the same backend can register it, on any thread.
     *
     * @return the connection, or null if none is pending or the pending one has gone
     * @throws TooManyOpenFilesException if the process or the system has no descriptor left for it
     */
    @Nullable
    StreamChannel accept() throws IOException;
}
