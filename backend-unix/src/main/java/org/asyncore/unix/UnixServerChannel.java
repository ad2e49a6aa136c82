// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.NotYetBoundException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket that listens. */
final class UnixServerChannel implements ServerChannel, UnixChannel {
    static {
        Failures.rehearse();
    }

    private final UnixBackend backend;
    private final StandardProtocolFamily family;
    private final Socket socket;
    private final Descriptor descriptor;

    /** What accept(2) says of the peer: the length, then up to 24 bytes. */
    private final byte[] peer = new byte[26];

    /** What bind was told, for the system does not tell abstract names in a way that Netty could read. */
    private @Nullable SocketAddress bound;

    UnixServerChannel(UnixBackend backend, ProtocolFamily family, Socket socket) {
        this.backend = backend;
        this.family = (StandardProtocolFamily) family;
        this.socket = socket;
        this.descriptor = new Descriptor(socket.intValue());
    }

    /** A socket that listens already. */
    UnixServerChannel(UnixBackend backend, ProtocolFamily family, Socket socket, @Nullable SocketAddress bound) {
        this(backend, family, socket);
        this.bound = bound;
    }

    @Override
    public ServerChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        descriptor.requireOpen();
        SocketAddress address = local == null ? anywhere() : local;
        Sockets.bind(socket, family, address);
        Sockets.listen(socket, backlog);
        bound = address;
        return this;
    }

    @Override
    public void listen(int backlog) throws IOException {
        descriptor.requireOpen();
        Sockets.listen(socket, backlog);
    }

    /** For a Unix-domain socket a fresh name in the directory for temporary files, as the JDK does it. */
    private SocketAddress anywhere() throws IOException {
        if (family != StandardProtocolFamily.UNIX) {
            return Sockets.any(family);
        }
        return UnixDomainSocketAddress.of(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "socket_" + UUID.randomUUID()));
    }

    @Override
    public @Nullable StreamChannel accept() throws IOException {
        descriptor.requireOpen();
        if (bound == null) {
            throw new NotYetBoundException();
        }
        int number;
        try {
            number = socket.accept(peer);
        } catch (IOException e) {
            if (SystemNumbers.HERE.isGone(Failures.errno(e))) {
                return null;
            }
            throw Failures.at(this, e);
        }
        if (number < 0) {
            return null;
        }
        byte[] remote = family == StandardProtocolFamily.UNIX ? null : Arrays.copyOfRange(peer, 1, 1 + peer[0]);
        return new UnixStreamChannel(backend, family, number, remote);
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        descriptor.requireOpen();
        return bound == null || family == StandardProtocolFamily.UNIX ? bound : Sockets.local(socket, family);
    }

    @Override
    public <T> ServerChannel setOption(SocketOption<T> name, T value) throws IOException {
        descriptor.requireOpen();
        options().set(this, socket, name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        descriptor.requireOpen();
        return options().get(this, socket, name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return options().supported();
    }

    private Options options() {
        return family == StandardProtocolFamily.UNIX ? Options.UNIX_SERVER : Options.SERVER;
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
        if (!isOpen()) {
            return "server[closed]";
        }
        SocketAddress local = bound instanceof UnixDomainSocketAddress ? bound : Sockets.local(socket, family);
        return "server[" + (bound == null ? "unbound" : "local=" + local) + "]";
    }
}
