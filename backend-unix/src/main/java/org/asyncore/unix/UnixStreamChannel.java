// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.util.Locale;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket. */
final class UnixStreamChannel implements StreamChannel, UnixSocket {
    private enum State {
        UNCONNECTED,
        CONNECTING,
        CONNECTED
    }

    private final Descriptor descriptor;
    private final UnixBackend backend;
    private final StandardProtocolFamily family;
    private State state;

    /** The error of a read or write during the attempt, for finishConnect to throw: the system reports it once. */
    private @Nullable IOException failure;

    /** Made at the first use: see {@link Descriptor}. */
    private @Nullable Socket socket;

    /** The address given to bind, because Netty cannot read abstract names that the system returns. */
    private @Nullable SocketAddress bound;

    /** The peer's address; null while not known. */
    private @Nullable SocketAddress remote;

    /** The peer's address as accept wrote it, until {@link #remote} is asked for; null if accept wrote none. */
    private byte @Nullable [] accepted;

    /** Takes a socket that is not connected. */
    UnixStreamChannel(UnixBackend backend, ProtocolFamily family, Socket socket) {
        this.backend = backend;
        this.family = (StandardProtocolFamily) family;
        this.socket = socket;
        this.descriptor = new Descriptor(socket.intValue());
        this.state = State.UNCONNECTED;
    }

    /** Takes an accepted connection. */
    UnixStreamChannel(UnixBackend backend, StandardProtocolFamily family, int number, byte @Nullable [] accepted) {
        this.backend = backend;
        this.family = family;
        this.descriptor = new Descriptor(number);
        this.accepted = accepted;
        this.state = State.CONNECTED;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        checkAttempt();
        try {
            return descriptor.read(target);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        checkAttempt();
        try {
            return descriptor.write(source, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Checks that there is a connection or an attempt. During an attempt the system decides if bytes can be moved. */
    private void checkAttempt() throws IOException {
        if (state != State.CONNECTED) {
            descriptor.checkOpen();
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
        failure = state == State.CONNECTED ? Errnos.at(this, cause) : Errnos.connecting(cause);
        return failure;
    }

    private void checkConnected() throws IOException {
        if (state != State.CONNECTED) {
            descriptor.checkOpen();
            throw new NotYetConnectedException();
        }
    }

    @Override
    public int readUrgent() throws IOException {
        if (!backend.seesUrgent()) {
            return StreamChannel.super.readUrgent();
        }
        checkConnected();
        return UrgentByte.take(socket(), this);
    }

    @Override
    public boolean connect(SocketAddress address) throws IOException {
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
            throw Errnos.connecting(e);
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
            checkNoError(target);
        } catch (IOException e) {
            failure = null;
            state = State.UNCONNECTED;
            throw e;
        }
        // Netty looks at SO_ERROR only, which is 0 during the attempt too; with a peer's address the connection is
        // established.
        if (state == State.CONNECTING && Sockets.remote(target, family) == null) {
            return false;
        }
        state = State.CONNECTED;
        return true;
    }

    private void checkNoError(Socket target) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            target.finishConnect();
        } catch (IOException e) {
            throw Errnos.connecting(e);
        }
    }

    @Override
    public boolean isConnected() {
        return state == State.CONNECTED && isOpen();
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        descriptor.checkOpen();
        return state == State.CONNECTED ? decodeRemote() : null;
    }

    private @Nullable SocketAddress decodeRemote() throws IOException {
        if (remote == null && accepted != null) {
            remote = NativeInetAddress.address(accepted, 0, accepted.length);
            accepted = null;
        }
        return remote != null ? remote : Sockets.remote(socket(), family); // accept returns no Unix-domain address
    }

    @Override
    public void shutdownOutput() throws IOException {
        checkConnected();
        try {
            socket().shutdown(false, true);
        } catch (NotYetConnectedException e) {
            // ENOTCONN: the peer has reset the connection, so there is no output to end. The JDK ignores it too.
        } catch (IOException e) {
            throw Errnos.at(this, e);
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
            return bound; // the system returns an empty name for an unnamed socket
        }
        return Sockets.local(current, family);
    }

    @Override
    public SocketOptions options() {
        return family == StandardProtocolFamily.UNIX ? SocketOptions.UNIX_STREAM : SocketOptions.STREAM;
    }

    @Override
    public Socket socket() throws IOException {
        descriptor.checkOpen();
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
    public String toString() {
        if (!isOpen()) {
            return "stream[closed]";
        }
        try {
            return "stream[" + state.name().toLowerCase(Locale.ROOT) + " local=" + getLocalAddress() + " remote="
                    + (state == State.CONNECTED ? decodeRemote() : remote) + "]";
        } catch (IOException e) {
            return "stream[" + descriptor.intValue() + "]";
        }
    }
}
