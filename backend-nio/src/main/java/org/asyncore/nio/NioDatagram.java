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
import java.util.Set;
import org.asyncore.channels.DatagramSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DatagramChannel} that can be read without a peer, and can do with a peer what the system lets it do.
 *
 * <p>All JDKs: a connected channel sends no empty datagrams, sends to nobody else and takes no other peer.
 */
final class NioDatagram implements DatagramSocketChannel, NioChannel {
    /** What lets two sockets have one address: SO_REUSEADDR does so on Linux and Windows, the BSDs want the other. */
    private static final SocketOption<Boolean> SHARING =
            System.getProperty("os.name", "").startsWith("Mac") ? SO_REUSEPORT : SO_REUSEADDR;

    private final DatagramChannel channel;
    private final ProtocolFamily family;
    private final Entry entry;
    private @Nullable SocketAddress remote;

    private NioDatagram(DatagramChannel channel, ProtocolFamily family) {
        this.channel = channel;
        this.family = family;
        this.entry = new Entry(channel);
    }

    static NioDatagram open(ProtocolFamily family) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.configureBlocking(false);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new NioDatagram(channel, family);
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        SocketAddress peer = Addresses.check(family, address);
        channel.disconnect();
        try {
            channel.connect(peer);
        } catch (IOException | RuntimeException e) {
            if (remote != null) {
                channel.connect(remote); // as connect(2) that fails leaves the peer as it was
            }
            throw e;
        }
        remote = peer;
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        return channel.receive(target);
    }

    @Override
    public int send(ByteBuffer source, SocketAddress address) throws IOException {
        SocketAddress to = Addresses.check(family, address);
        return remote == null ? channel.send(source, to) : sendByAnother(source, to);
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
        } catch (IOException e) { // such a one, if send had thrown it
            SocketException failure = new SocketException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    /** Sends from the same address by a socket without a peer, which may be bound to it as long as both share it. */
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
        Addresses.bind(local == null ? null : Addresses.check(family, local), channel::bind);
        return this;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        channel.getRemoteAddress(); // fails if the channel is closed
        return remote;
    }

    @Override
    public <T> DatagramSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        entry.checkOpen();
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        entry.checkOpen();
        return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        entry.close();
    }

    @Override
    public String toString() {
        return "nio datagram " + Addresses.local(this);
    }
}
