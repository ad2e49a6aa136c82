// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/**
 * A non-blocking stream socket, TCP or Unix-domain.
 *
 * <p>{@code read} returns the number of bytes read, 0 if none is there now, -1 at the end of the stream; {@code write}
 * the number of bytes that the system took, 0 if it has no room. Buffers may be heap or direct; their position moves by
 * that number. Before {@link #connect}, or when the connection has failed, both throw
 * {@link java.nio.channels.NotYetConnectedException} or an {@link IOException}. On a reset connection they throw an
 * {@link IOException}, and on a closed channel a {@link java.nio.channels.ClosedChannelException}.
 *
 * <p>While the connection is being established, both return 0. They transfer bytes as soon as it is established,
 * whether or not {@code finishConnect} was called. If they find that the attempt failed, they throw the reason, and
 * {@code finishConnect} then throws it too.
 */
public interface StreamChannel extends ByteChannel, NetworkChannel {
    /**
     * Begins to connect, {@code connect(2)} without waiting.
     *
     * @return true if the connection is established at once, false if {@link #finishConnect} will report the outcome
     * @throws IOException if the attempt failed at once
     */
    boolean connect(SocketAddress remote) throws IOException;

    /**
     * Reports the outcome of {@link #connect}. May be called again once the channel is connected, and looks at the
     * connection each time, because the peer may have reset it meanwhile.
     *
     * @return true if the connection is established, false if the attempt is still under way
     * @throws java.net.ConnectException if the peer refused
     * @throws IOException if the attempt failed otherwise, or the connection is broken already
     */
    boolean finishConnect() throws IOException;

    /**
     * Turns this bound socket into a listener, {@code listen(2)}. It must not be registered. The listener has the same
     * address and options, and this channel is closed.
     *
     * <p>A backend whose system cannot do so closes the socket and binds another one. If that fails, both are closed;
     * other failures leave this channel as it was.
     *
     * @param backlog how many connections may be pending; a hint to the system
     * @throws java.net.BindException if this socket is connected, or the address cannot be listened on
     * @throws UnsupportedOperationException if this is not a socket of a backend
     */
    default ServerChannel listen(int backlog) throws IOException {
        throw new UnsupportedOperationException("cannot listen, because it is not a socket of a backend: " + this);
    }

    /** Returns true if a connection has been established, by {@link #finishConnect}, {@link #connect} or acceptance. */
    boolean isConnected();

    /** Returns the peer's address, or null while not connected. */
    @Nullable
    SocketAddress getRemoteAddress() throws IOException;

    /**
     * Ends the sending direction, {@code shutdown(2)} with {@code SHUT_WR}: the peer reads the end of the stream. Does
     * nothing after the peer has reset the connection.
     */
    void shutdownOutput() throws IOException;

    /**
     * Receives the urgent byte, {@code recv(2)} with {@code MSG_OOB}.
     *
     * @return the byte, 0 to 255, or -1 if none is pending
     * @throws UnsupportedOperationException if this backend cannot
     */
    default int readUrgent() throws IOException {
        throw new UnsupportedOperationException("this backend cannot read urgent data: " + this);
    }

    @Override
    int read(ByteBuffer target) throws IOException;

    @Override
    int write(ByteBuffer source) throws IOException;

    @Override
    StreamChannel bind(@Nullable SocketAddress local) throws IOException;
}
