// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import static java.net.StandardSocketOptions.IP_TOS;
import static java.net.StandardSocketOptions.SO_BROADCAST;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_REUSEPORT;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DatagramChannel} that can be read while it has no peer, and can use a peer as the system allows.
 *
 * <p>All JDKs: a connected channel sends no empty datagrams, sends to no other address and cannot change its peer.
 */
final class NioDatagramChannel implements DatagramSocketChannel, NioSocket {
    /** The option that lets two sockets share one address: SO_REUSEADDR on Linux and Windows, SO_REUSEPORT on the BSDs. */
    private static final SocketOption<Boolean> SHARING =
            System.getProperty("os.name", "").startsWith("Mac") ? SO_REUSEPORT : SO_REUSEADDR;

    private final DatagramChannel channel;
    private final ProtocolFamily family;
    private final PollerSlot slot;
    private @Nullable SocketAddress remote;

    private NioDatagramChannel(DatagramChannel channel, ProtocolFamily family) throws IOException {
        this.channel = PollerSlot.nonBlocking(channel);
        this.family = family;
        this.slot = new PollerSlot(channel);
    }

    static NioDatagramChannel open(ProtocolFamily family) throws IOException {
        return new NioDatagramChannel(DatagramChannel.open(family), family);
    }

    @Override
    public PollerSlot slot() {
        return slot;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        Backend.checkAddress(family, address);
        channel.disconnect();
        try {
            channel.connect(address);
        } catch (IOException | RuntimeException e) {
            if (remote != null) {
                channel.connect(remote); // connect(2) keeps the peer when it fails
            }
            throw e;
        }
        remote = address;
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        return channel.receive(target);
    }

    @Override
    public int send(ByteBuffer source, SocketAddress address) throws IOException {
        Backend.checkAddress(family, address);
        return remote == null ? channel.send(source, address) : sendByAnother(source, address);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int start = target.position();
        channel.receive(target);
        return target.position() - start;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            return remote == null || source.hasRemaining() ? channel.write(source) : sendByAnother(source, remote);
        } catch (SocketException | ClosedChannelException e) {
            throw e;
        } catch (IOException e) { // send throws a SocketException for the same
            SocketException failure = new SocketException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    /** Sends by another socket, which has no peer and is bound to the same address while both share it. */
    private int sendByAnother(ByteBuffer source, SocketAddress to) throws IOException {
        try (DatagramChannel other = DatagramChannel.open(family)) {
            other.configureBlocking(false);
            other.setOption(SO_BROADCAST, channel.getOption(SO_BROADCAST));
            other.setOption(IP_TOS, channel.getOption(IP_TOS));
            bindBeside(other);
            return other.send(source, to);
        }
    }

    private void bindBeside(DatagramChannel other) throws IOException {
        boolean shared = channel.getOption(SHARING);
        other.setOption(SHARING, true);
        channel.setOption(SHARING, true);
        try {
            other.bind(channel.getLocalAddress());
        } finally {
            channel.setOption(SHARING, shared);
        }
    }

    @Override
    public DatagramSocketChannel bind(@Nullable SocketAddress local) throws IOException {
        LocalAddresses.bind(family, local, channel::bind);
        return this;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        channel.getRemoteAddress(); // throws if the channel is closed
        return remote;
    }

    @Override
    public String toString() {
        return isOpen() ? "datagram[local=" + local() + " remote=" + remote + "]" : "datagram[closed]";
    }
}
