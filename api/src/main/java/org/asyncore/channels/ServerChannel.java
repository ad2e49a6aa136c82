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
     * @param local where; null for any free address
     * @param backlog how many connections may wait to be accepted; a hint to the system
     * @throws java.net.BindException if the address cannot be listened on, or this socket is bound already
     */
    ServerChannel bind(@Nullable SocketAddress local, int backlog) throws IOException;

    /**
     * Goes on listening with another backlog, {@code listen(2)} on a listener: those who wait stay. Where the system
     * cannot change it, the backlog stays as it is.
     */
    void listen(int backlog) throws IOException;

    /**
     * Takes a connection that waits: non-blocking, unregistered, fit for any thread's poller of the same backend.
     *
     * @return the connection, or null when none waits or the one that did has gone
     * @throws TooManyOpenFilesException if the process or the system has no descriptor left for it
     */
    @Nullable
    StreamChannel accept() throws IOException;
}
