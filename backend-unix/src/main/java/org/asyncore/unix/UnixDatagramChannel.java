// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.Objects;
import java.util.Set;
import org.asyncore.channels.DatagramSocketChannel;
import org.jspecify.annotations.Nullable;

/** A datagram socket. Heap buffers travel through the scratch buffer, which holds any datagram. */
final class UnixDatagramChannel implements DatagramSocketChannel, UnixChannel {
    private final ProtocolFamily family;
    private final Socket socket;
    private final Descriptor descriptor;
    private @Nullable SocketAddress remote;

    UnixDatagramChannel(ProtocolFamily family, Socket socket) {
        this.family = family;
        this.socket = socket;
        this.descriptor = new Descriptor(socket.intValue());
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        Objects.requireNonNull(address, "remote");
        descriptor.requireOpen();
        SocketAddress there = Sockets.toNetty(family, address);
        try {
            socket.connect(there);
        } catch (IOException e) {
            throw Failures.connecting(e);
        }
        remote = address;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        descriptor.requireOpen();
        return remote;
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        return receiveFrom(target);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int before = target.position();
        receiveFrom(target);
        return target.position() - before;
    }

    /** Into a direct buffer, its own or scratch; a datagram that does not fit is cut by the system. */
    private @Nullable DatagramSocketAddress receiveFrom(ByteBuffer target) throws IOException {
        descriptor.requireOpen();
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("read-only buffer: " + target);
        }
        int position = target.position();
        DatagramSocketAddress sender;
        if (target.isDirect()) {
            sender = receive(target, position, target.limit());
        } else {
            ByteBuffer scratch = Scratch.buffer();
            sender = receive(scratch, 0, Math.min(target.remaining(), scratch.capacity()));
            if (sender != null) {
                target.put(position, scratch, 0, sender.receivedAmount());
            }
        }
        if (sender != null) {
            target.position(position + sender.receivedAmount());
        }
        return sender;
    }

    private @Nullable DatagramSocketAddress receive(ByteBuffer direct, int from, int to) throws IOException {
        try {
            return socket.recvFrom(direct, from, to);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public int send(ByteBuffer source, SocketAddress address) throws IOException {
        return sendTo(source, (InetSocketAddress) Sockets.toNetty(family, Objects.requireNonNull(address, "remote")));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        descriptor.requireOpen();
        if (remote == null) {
            throw new NotYetConnectedException();
        }
        return sendTo(source, null);
    }

    private int sendTo(ByteBuffer source, @Nullable InetSocketAddress address) throws IOException {
        descriptor.requireOpen();
        int position = source.position();
        int length = source.remaining();
        int n;
        if (source.isDirect()) {
            n = send(source, position, position + length, address);
        } else {
            ByteBuffer scratch = Scratch.buffer();
            if (length > scratch.capacity()) {
                throw new SocketException(this + ": message too long: " + length);
            }
            scratch.put(0, source, position, length);
            n = send(scratch, 0, length, address);
        }
        source.position(position + n);
        return n;
    }

    private int send(ByteBuffer direct, int from, int to, @Nullable InetSocketAddress address) throws IOException {
        try {
            return address == null
                    ? socket.send(direct, from, to)
                    : socket.sendTo(direct, from, to, address.getAddress(), address.getPort());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private IOException failure(IOException e) {
        if (e instanceof PortUnreachableException || SystemNumbers.HERE.isRefused(Failures.errno(e))) {
            var unreachable = new PortUnreachableException(this + ": port unreachable");
            unreachable.initCause(e);
            return unreachable;
        }
        return Failures.connecting(e);
    }

    @Override
    public DatagramSocketChannel bind(@Nullable SocketAddress local) throws IOException {
        descriptor.requireOpen();
        Sockets.bind(socket, family, local == null ? Sockets.any(family) : local);
        return this;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        descriptor.requireOpen();
        return Sockets.local(socket, family);
    }

    @Override
    public <T> DatagramSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        descriptor.requireOpen();
        Options.DATAGRAM.set(this, socket, name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        descriptor.requireOpen();
        return Options.DATAGRAM.get(this, socket, name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Options.DATAGRAM.supported();
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }

    @Override
    public String toString() {
        return isOpen()
                ? "datagram[local=" + Sockets.local(socket, family) + " remote=" + remote + "]"
                : "datagram[closed]";
    }
}
