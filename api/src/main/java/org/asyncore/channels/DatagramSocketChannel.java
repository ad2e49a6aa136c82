// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/**
 * A non-blocking datagram socket.
 *
 * <p>{@code read} receives one datagram, from the peer if connected, else from any sender, and returns its number of
 * bytes: 0 for an empty datagram as well as for none. {@code write} sends one to the peer and returns its number of
 * bytes, or 0 if the system has no room. Bytes that do not fit into the buffer are lost, as in {@code recv(2)}.
 */
public interface DatagramSocketChannel extends ByteChannel, NetworkChannel {
    /**
     * Sets the peer, {@code connect(2)}: from now on only its datagrams are received, and {@link #write} sends to it.
     *
     * @throws IOException if the system refuses the address
     */
    void connect(SocketAddress remote) throws IOException;

    /** Returns the peer's address, or null while not connected. */
    @Nullable
    SocketAddress getRemoteAddress() throws IOException;

    /**
     * Receives one datagram, {@code recvfrom(2)}.
     *
     * @return the sender, or null if no datagram is pending
     * @throws java.net.PortUnreachableException if connected, and an earlier datagram was refused
     */
    @Nullable
    SocketAddress receive(ByteBuffer target) throws IOException;

    /**
     * Sends one datagram, {@code sendto(2)}.
     *
     * @return its number of bytes, or 0 if the system has no room
     */
    int send(ByteBuffer source, SocketAddress remote) throws IOException;

    @Override
    int read(ByteBuffer target) throws IOException;

    @Override
    int write(ByteBuffer source) throws IOException;

    @Override
    DatagramSocketChannel bind(@Nullable SocketAddress local) throws IOException;
}
