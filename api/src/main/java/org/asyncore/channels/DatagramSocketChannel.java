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
 * <p>{@code read} takes one datagram, from the peer if connected, else from anyone, and returns its bytes: 0 for an empty
 * datagram as well as for none. {@code write} sends one to the peer and returns its bytes, or 0 when the system has no
 * room. What does not fit into a buffer is lost, as {@code recv(2)} has it.
 */
public interface DatagramSocketChannel extends ByteChannel, NetworkChannel {
    /**
     * Fixes the peer: only its datagrams are received from now on, and {@link #write} sends to it.
     *
     * @throws IOException if the system refuses the address
     */
    void connect(SocketAddress remote) throws IOException;

    /** The peer's address, or null while not connected. */
    @Nullable
    SocketAddress getRemoteAddress() throws IOException;

    /**
     * Takes one datagram, {@code recvfrom(2)}.
     *
     * @return the sender, or null when no datagram waits
     * @throws java.net.PortUnreachableException if connected, and an earlier datagram was refused
     */
    @Nullable
    SocketAddress receive(ByteBuffer target) throws IOException;

    /**
     * Sends one datagram, {@code sendto(2)}.
     *
     * @return its bytes, or 0 when the system has no room
     */
    int send(ByteBuffer source, SocketAddress remote) throws IOException;

    @Override
    int read(ByteBuffer target) throws IOException;

    @Override
    int write(ByteBuffer source) throws IOException;

    @Override
    DatagramSocketChannel bind(@Nullable SocketAddress local) throws IOException;
}
