// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import org.asyncore.spi.DatagramSocketChannel;
import org.jspecify.annotations.Nullable;

/** A {@link DatagramChannel} that can be read without a peer. */
final class NioDatagram implements DatagramSocketChannel, NioChannel {
    private final DatagramChannel channel;
    private final ProtocolFamily family;
    private final Entry entry;

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
    public void connect(SocketAddress remote) throws IOException {
        channel.connect(Addresses.check(family, remote));
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        return channel.receive(target);
    }

    @Override
    public int send(ByteBuffer source, SocketAddress remote) throws IOException {
        return channel.send(source, Addresses.check(family, remote));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int start = target.position();
        channel.receive(target);
        return target.position() - start;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public DatagramSocketChannel bind(@Nullable SocketAddress local) throws IOException {
        channel.bind(local == null ? null : Addresses.check(family, local));
        return this;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        return channel.getRemoteAddress();
    }

    @Override
    public <T> DatagramSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
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
        entry.closeAndFree();
    }

    @Override
    public String toString() {
        return "nio datagram " + Addresses.local(this);
    }
}
