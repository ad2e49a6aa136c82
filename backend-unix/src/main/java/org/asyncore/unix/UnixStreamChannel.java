// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket. */
final class UnixStreamChannel implements StreamChannel, UnixChannel {
    private enum State {
        UNCONNECTED,
        CONNECTING,
        CONNECTED
    }

    private final Descriptor descriptor;
    private final UnixBackend backend;
    private final StandardProtocolFamily family;
    private State state;

    /** Why reading or writing failed, for finishConnect to say again: the system says it once. */
    private @Nullable IOException failure;

    /** Made when first needed: see {@link Descriptor}. */
    private @Nullable Socket socket;

    /** What bind was told: the system does not tell abstract names in a way that Netty could read. */
    private @Nullable SocketAddress bound;

    /** A {@link SocketAddress}, or what accept wrote into a {@code byte[]}, decoded when asked for; null if unknown. */
    private @Nullable Object remote;

    /** An unconnected socket. */
    UnixStreamChannel(UnixBackend backend, ProtocolFamily family, Socket socket) {
        this.backend = backend;
        this.family = (StandardProtocolFamily) family;
        this.socket = socket;
        this.descriptor = new Descriptor(socket.intValue());
        this.state = State.UNCONNECTED;
    }

    /** An accepted connection. */
    UnixStreamChannel(UnixBackend backend, StandardProtocolFamily family, int number, byte @Nullable [] remote) {
        this.backend = backend;
        this.family = family;
        this.descriptor = new Descriptor(number);
        this.remote = remote;
        this.state = State.CONNECTED;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireAttempt();
        try {
            return descriptor.read(target);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireAttempt();
        try {
            return descriptor.write(source, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** While the connection is being established, the system knows whether bytes can go. */
    private void requireAttempt() throws IOException {
        if (state != State.CONNECTED) {
            descriptor.requireOpen();
            if (failure != null) {
                throw failure;
            }
            if (state == State.UNCONNECTED) {
                throw new NotYetConnectedException();
            }
        }
    }

    private IOException failed(IOException cause) {
        if (cause instanceof ClosedChannelException) {
            return cause;
        }
        IOException told = state == State.CONNECTED ? Failures.at(this, cause) : Failures.connecting(cause);
        failure = told;
        return told;
    }

    private void requireConnected() throws IOException {
        if (state != State.CONNECTED) {
            descriptor.requireOpen();
            throw new NotYetConnectedException();
        }
    }

    @Override
    public int readUrgent() throws IOException {
        if (!backend.seesUrgent()) {
            return StreamChannel.super.readUrgent();
        }
        requireConnected();
        return UrgentByte.take(socket(), this);
    }

    @Override
    public boolean connect(SocketAddress address) throws IOException {
        Objects.requireNonNull(address, "remote");
        Socket target = socket();
        switch (state) {
            case CONNECTED -> throw new AlreadyConnectedException();
            case CONNECTING -> throw new ConnectionPendingException();
            case UNCONNECTED -> {}
        }
        SocketAddress there = Sockets.toNetty(family, address);
        try {
            state = target.connect(there) ? State.CONNECTED : State.CONNECTING;
        } catch (IOException e) {
            throw Failures.connecting(e);
        }
        remote = address;
        return state == State.CONNECTED;
    }

    @Override
    public boolean finishConnect() throws IOException {
        Socket target = socket();
        if (state == State.UNCONNECTED) {
            throw new NoConnectionPendingException();
        }
        try {
            requireNoError(target);
        } catch (IOException e) {
            failure = null;
            state = State.UNCONNECTED;
            throw e;
        }
        // Netty looks at SO_ERROR only, which is 0 too while the connection is under way; a peer says that it stands.
        if (state == State.CONNECTING && Sockets.remote(target, family) == null) {
            return false;
        }
        state = State.CONNECTED;
        return true;
    }

    private void requireNoError(Socket target) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            target.finishConnect();
        } catch (IOException e) {
            throw Failures.connecting(e);
        }
    }

    @Override
    public boolean isConnected() {
        return state == State.CONNECTED && isOpen();
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        descriptor.requireOpen();
        return state == State.CONNECTED ? decodeRemote() : null;
    }

    private @Nullable SocketAddress decodeRemote() throws IOException {
        if (remote instanceof byte[] bytes) {
            return NativeInetAddress.address(bytes, 0, bytes.length);
        }
        if (remote instanceof SocketAddress address) {
            return address;
        }
        return Sockets.remote(socket(), family); // a Unix-domain client, which accept does not tell
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireConnected();
        try {
            socket().shutdown(false, true);
        } catch (NotYetConnectedException e) {
            // ENOTCONN: the peer has reset the connection, and there is nothing left to end. The JDK's does the same.
        } catch (IOException e) {
            throw Failures.at(this, e);
        }
    }

    @Override
    public StreamChannel bind(@Nullable SocketAddress local) throws IOException {
        Socket target = socket();
        if (local != null) {
            Sockets.bind(target, family, local);
            bound = local;
        } else if (family != StandardProtocolFamily.UNIX) {
            Sockets.bind(target, family, Sockets.any(family));
        }
        return this;
    }

    @Override
    public ServerChannel listen(int backlog) throws IOException {
        Socket target = socket();
        Sockets.listen(target, backlog);
        SocketAddress local = bound != null ? bound : Sockets.local(target, family);
        UnixServerChannel server = new UnixServerChannel(backend, family, target, local);
        descriptor.leave();
        return server;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        Socket current = socket();
        if (state == State.UNCONNECTED && family == StandardProtocolFamily.UNIX) {
            return bound; // the system has an empty name for a socket without one
        }
        return Sockets.local(current, family);
    }

    @Override
    public <T> StreamChannel setOption(SocketOption<T> name, T value) throws IOException {
        options().set(this, socket(), name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return options().get(this, socket(), name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return options().supported();
    }

    private Options options() {
        return family == StandardProtocolFamily.UNIX ? Options.UNIX_STREAM : Options.STREAM;
    }

    private Socket socket() throws IOException {
        descriptor.requireOpen();
        Socket current = socket;
        if (current == null) {
            current = new Socket(descriptor.intValue());
            socket = current;
        }
        return current;
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
            return "stream[closed]";
        }
        try {
            return "stream[" + state.name().toLowerCase(Locale.ROOT) + " local=" + getLocalAddress() + " remote="
                    + (remote == null && state != State.CONNECTED ? null : decodeRemote()) + "]";
        } catch (IOException e) {
            return "stream[" + descriptor.intValue() + "]";
        }
    }
}
