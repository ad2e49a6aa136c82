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
 * <p>{@code read} returns the bytes taken, 0 when nothing is there now, -1 at the end of the stream; {@code write} the
 * bytes the system took, 0 when it has no room. Buffers may be heap or direct; their position moves by that number.
 * Before {@link #connect}, or when the connection has failed, both throw
 * {@link java.nio.channels.NotYetConnectedException} or an {@link IOException}; a reset connection throws
 * {@link IOException}; a closed channel {@link java.nio.channels.ClosedChannelException}.
 *
 * <p>While the connection is being established, both return 0. They carry bytes as soon as it stands, whether or not
 * {@code finishConnect} was called. If they find that it failed, they throw why, and so does {@code finishConnect} then.
 */
public interface StreamChannel extends ByteChannel, NetworkChannel {
    /**
     * Begins to connect, {@code connect(2)} without waiting.
     *
     * @return true if the connection stands already, false if {@link #finishConnect} will tell
     * @throws IOException if the attempt failed at once
     */
    boolean connect(SocketAddress remote) throws IOException;

    /**
     * The outcome of {@link #connect}. May be asked again once the channel is connected, and looks at the connection each
     * time: a peer may have reset it meanwhile.
     *
     * @return true if the connection stands, false if it is still under way
     * @throws java.net.ConnectException if the peer refused
     * @throws IOException if the attempt failed otherwise, or the connection is broken already
     */
    boolean finishConnect() throws IOException;

    /**
     * Makes this bound socket one that listens, {@code listen(2)}. It must not be registered. The listener has the same
     * address and options, and this channel is closed.
     *
     * <p>A backend whose system cannot do so closes the socket and binds another one. If that fails, both are closed;
     * other failures leave this channel as it was.
     *
     * @param backlog how many connections may wait to be accepted; a hint to the system
     * @throws java.net.BindException if this socket is connected, or the address cannot be listened on
     * @throws UnsupportedOperationException if this is no socket of a backend
     */
    default ServerChannel listen(int backlog) throws IOException {
        throw new UnsupportedOperationException("cannot listen, as it is no socket of a backend: " + this);
    }

    /** Whether a connection has been established, by {@link #finishConnect}, {@link #connect} or acceptance. */
    boolean isConnected();

    /** The peer's address, or null while not connected. */
    @Nullable
    SocketAddress getRemoteAddress() throws IOException;

    /**
     * Ends the sending direction, {@code shutdown(2)} with {@code SHUT_WR}: the peer reads the end of the stream. Does
     * nothing after the peer has reset the connection.
     */
    void shutdownOutput() throws IOException;

    /**
     * Takes the urgent byte, {@code recv(2)} with {@code MSG_OOB}.
     *
     * @return the byte, 0 to 255, or -1 if none waits
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
