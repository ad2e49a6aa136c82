// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.NotYetBoundException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket that listens. */
final class UnixServerChannel implements ServerChannel, UnixSocket {
    private final UnixBackend backend;
    private final StandardProtocolFamily family;
    private final Socket socket;
    private final Descriptor descriptor;

    /** The peer's address as accept(2) writes it: the length, then up to 24 bytes. */
    private final byte[] peer = new byte[26];

    /** The address given to bind, because Netty cannot read abstract names that the system returns. */
    private @Nullable SocketAddress bound;

    UnixServerChannel(UnixBackend backend, ProtocolFamily family, Socket socket) {
        this.backend = backend;
        this.family = (StandardProtocolFamily) family;
        this.socket = socket;
        this.descriptor = new Descriptor(socket.intValue());
    }

    /** Takes a socket that listens already. */
    UnixServerChannel(UnixBackend backend, ProtocolFamily family, Socket socket, @Nullable SocketAddress bound) {
        this(backend, family, socket);
        this.bound = bound;
    }

    @Override
    public ServerChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        descriptor.checkOpen();
        SocketAddress address = local == null ? anywhere() : local;
        Sockets.bind(socket, family, address);
        Sockets.listen(socket, backlog);
        bound = address;
        return this;
    }

    @Override
    public void listen(int backlog) throws IOException {
        descriptor.checkOpen();
        Sockets.listen(socket, backlog);
    }

    /** Returns any free address; in the Unix domain a new name in the directory for temporary files, as the JDK does. */
    private SocketAddress anywhere() throws IOException {
        if (family != StandardProtocolFamily.UNIX) {
            return Sockets.any(family);
        }
        return UnixDomainSocketAddress.of(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "socket_" + UUID.randomUUID()));
    }

    @Override
    public @Nullable StreamChannel accept() throws IOException {
        descriptor.checkOpen();
        if (bound == null) {
            throw new NotYetBoundException();
        }
        int number;
        try {
            number = socket.accept(peer);
        } catch (IOException e) {
            if (Errnos.isGone(e)) {
                return null;
            }
            throw Errnos.at(this, e);
        }
        if (number < 0) {
            return null;
        }
        byte[] remote = family == StandardProtocolFamily.UNIX ? null : Arrays.copyOfRange(peer, 1, 1 + peer[0]);
        return new UnixStreamChannel(backend, family, number, remote);
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        descriptor.checkOpen();
        return bound == null || family == StandardProtocolFamily.UNIX ? bound : Sockets.local(socket, family);
    }

    @Override
    public Socket socket() throws IOException {
        descriptor.checkOpen();
        return socket;
    }

    @Override
    public SocketOptions options() {
        return family == StandardProtocolFamily.UNIX ? SocketOptions.UNIX_SERVER : SocketOptions.SERVER;
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public String toString() {
        if (!isOpen()) {
            return "server[closed]";
        }
        SocketAddress local = bound instanceof UnixDomainSocketAddress ? bound : Sockets.local(socket, family);
        return "server[" + (bound == null ? "unbound" : "local=" + local) + "]";
    }
}
