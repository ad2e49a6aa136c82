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
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.asyncore.channels.DatagramSocketChannel;
import org.jspecify.annotations.Nullable;

/** A datagram socket. Heap buffers are copied through the scratch buffer, which has room for any datagram. */
final class UnixDatagramChannel implements DatagramSocketChannel, UnixSocket {
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
        descriptor.checkOpen();
        SocketAddress there = Sockets.toNetty(family, address);
        try {
            socket.connect(there);
        } catch (IOException e) {
            throw Errnos.connecting(e);
        }
        remote = address;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        descriptor.checkOpen();
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

    /** Receives into a direct buffer: the caller's or the scratch buffer. The system cuts a datagram that does not fit. */
    private @Nullable DatagramSocketAddress receiveFrom(ByteBuffer target) throws IOException {
        descriptor.checkOpen();
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("read-only buffer: " + target);
        }
        int position = target.position();
        DatagramSocketAddress sender;
        if (target.isDirect()) {
            sender = receive(target, position, target.limit());
        } else {
            ByteBuffer scratch = ScratchBuffer.get();
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
        return sendTo(source, (InetSocketAddress) Sockets.toNetty(family, address));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        descriptor.checkOpen();
        if (remote == null) {
            throw new NotYetConnectedException();
        }
        return sendTo(source, null);
    }

    private int sendTo(ByteBuffer source, @Nullable InetSocketAddress address) throws IOException {
        descriptor.checkOpen();
        int position = source.position();
        int length = source.remaining();
        int n;
        if (source.isDirect()) {
            n = send(source, position, position + length, address);
        } else {
            ByteBuffer scratch = ScratchBuffer.get();
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
        if (e instanceof PortUnreachableException || Errnos.isRefused(e)) {
            var unreachable = new PortUnreachableException(this + ": port unreachable");
            unreachable.initCause(e);
            return unreachable;
        }
        return Errnos.connecting(e);
    }

    @Override
    public DatagramSocketChannel bind(@Nullable SocketAddress local) throws IOException {
        descriptor.checkOpen();
        Sockets.bind(socket, family, local == null ? Sockets.any(family) : local);
        return this;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        descriptor.checkOpen();
        return Sockets.local(socket, family);
    }

    @Override
    public Socket socket() throws IOException {
        descriptor.checkOpen();
        return socket;
    }

    @Override
    public SocketOptions options() {
        return SocketOptions.DATAGRAM;
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public String toString() {
        return isOpen()
                ? "datagram[local=" + Sockets.local(socket, family) + " remote=" + remote + "]"
                : "datagram[closed]";
    }
}
