// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A datagram socket that forwards each call to another one. Override the calls that shall differ. */
public abstract class ForwardingDatagramSocketChannel implements DatagramSocketChannel, WrappingChannel {
    private final DatagramSocketChannel socket;

    /** Makes a datagram socket over another one, which is closed with it. */
    protected ForwardingDatagramSocketChannel(DatagramSocketChannel socket) {
        this.socket = requireNonNull(socket, "socket");
    }

    @Override
    public final DatagramSocketChannel wrapped() {
        return socket;
    }

    @Override
    public void connect(SocketAddress remote) throws IOException {
        socket.connect(remote);
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        return socket.getRemoteAddress();
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        return socket.receive(target);
    }

    @Override
    public int send(ByteBuffer source, SocketAddress remote) throws IOException {
        return socket.send(source, remote);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return socket.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return socket.write(source);
    }

    @Override
    public ForwardingDatagramSocketChannel bind(@Nullable SocketAddress local) throws IOException {
        socket.bind(local);
        return this;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return socket.getLocalAddress();
    }

    @Override
    public <T> ForwardingDatagramSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        socket.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return socket.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return socket.supportedOptions();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
