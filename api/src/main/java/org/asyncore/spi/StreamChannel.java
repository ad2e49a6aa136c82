// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

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
 * Before a connection, or when it has failed, both throw {@link java.nio.channels.NotYetConnectedException} or an
 * {@link IOException}; a reset connection throws {@link IOException}; a closed channel
 * {@link java.nio.channels.ClosedChannelException}.
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
     * The outcome of {@link #connect}; may be asked again once the channel is connected.
     *
     * @return true if the connection stands, false if it is still under way
     * @throws java.net.ConnectException if the peer refused
     * @throws IOException if the attempt failed otherwise
     */
    boolean finishConnect() throws IOException;

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
