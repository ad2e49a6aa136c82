// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.AddressErrors;
import org.asyncore.internal.BoundChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket and its hooks: asyncore's {@code dispatcher}. Extend it, override the hooks you need, and say by
 * {@link #readable} and {@link #writable} when you want them.
 *
 * <pre>{@code
 * class EchoHandler extends SocketDispatcher {
 *     EchoHandler(Loop loop, StreamChannel channel) {
 *         super(loop, channel);
 *     }
 *
 *     @Override
 *     public boolean writable() {
 *         return false;
 *     }
 *
 *     @Override
 *     public void handleRead() throws IOException {
 *         ByteBuffer buffer = readBuffer();
 *         if (recv(buffer) > 0) {
 *             send(buffer.flip());
 *         }
 *     }
 * }
 * }</pre>
 */
public abstract class SocketDispatcher extends ChannelDispatcher {
    private @Nullable SocketAddress localGiven; // to bind
    private @Nullable SocketAddress remote; // of the last connect
    private boolean created; // the socket by createSocket
    private boolean handedOut; // the socket by stream(), so that others may use it

    /** A dispatcher without a socket: {@link #createSocket} or {@link #setSocket} follow. */
    protected SocketDispatcher(Loop loop) {
        super(loop);
    }

    /**
     * A dispatcher over a socket, usually one that {@link #handleAccepted} was given. It joins the loop; no hook is
     * called, so that an accepted socket never hears {@link #handleConnect}.
     */
    @SuppressWarnings("this-escape") // the loop calls back in later turns only
    protected SocketDispatcher(Loop loop, StreamChannel channel) {
        super(loop);
        attachSocket(channel);
    }

    // The socket.

    /** Makes a TCP socket over IPv4: {@code create_socket()}. */
    public void createSocket() throws IOException {
        createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
    }

    /**
     * Makes a non-blocking socket and joins the loop: {@code create_socket(family, type)}. A stream socket that neither
     * connects nor listens reads as disconnected, so do one of the two before the loop's next turn. An earlier socket is
     * closed, unless {@link #stream} has handed it out.
     *
     * @param family {@link StandardProtocolFamily#INET}, {@code INET6} or, for streams, {@code UNIX}
     * @throws UnsupportedOperationException if the poller's backend does not know the family
     */
    public void createSocket(ProtocolFamily family, SocketType type) throws IOException {
        BoundChannel earlier = handedOut || !hasSocket() ? null : bound();
        boolean stream = type == SocketType.STREAM;
        NetworkChannel opened =
                stream ? backend().openStream(family) : backend().openDatagram(family);
        try {
            setSocket(opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        created = true;
        if (earlier != null) {
            earlier.close();
        }
    }

    /**
     * Takes over a socket of this loop's backend and joins the loop: {@code set_socket}. An earlier socket leaves the loop and
     * stays open, so that a layer over {@link #stream} can take its place; but it is closed if {@link #createSocket} made it
     * and {@code stream} has not handed it out, because nobody else can close it. If this throws, nothing changes, and the
     * new socket is still the caller's to close.
     *
     * @throws IllegalArgumentException if this loop's backend has not opened it, or it is no socket
     * @throws IllegalStateException if another dispatcher waits for it: {@link #delChannel} ends that
     */
    public void setSocket(Channel channel) {
        BoundChannel unreachable = created && !handedOut ? bound() : null;
        attachSocket(channel);
        created = false;
        handedOut = false;
        if (unreachable != null) {
            close(unreachable);
        }
    }

    private void attachSocket(Channel channel) {
        if (!(requireNonNull(channel, "channel") instanceof NetworkChannel)) {
            throw new IllegalArgumentException("not a socket: " + channel);
        }
        attach(channel);
    }

    /**
     * The stream socket, asyncore's {@code socket}: for a {@link org.asyncore.channels.StreamLayer} to be put over it.
     *
     * @throws IllegalStateException if there is none
     */
    protected final StreamChannel stream() {
        StreamChannel stream = connection();
        handedOut = true;
        return stream;
    }

    private StreamChannel connection() {
        if (socket() instanceof StreamChannel stream) {
            return stream;
        }
        throw new IllegalStateException("not a stream: " + this);
    }

    /**
     * Lets an address be used that closed connections still occupy: {@code set_reuse_addr}. Failure is ignored, also that
     * of a socket without this option, as a Unix-domain one is.
     */
    public void setReuseAddr() {
        try {
            setOption(StandardSocketOptions.SO_REUSEADDR, true);
        } catch (IOException | UnsupportedOperationException e) {
            log().debug("{} cannot reuse its address", this, e);
        }
    }

    /**
     * Sets a socket option, {@code setsockopt(2)}.
     *
     * @throws UnsupportedOperationException if the socket does not know it
     */
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        socket().setOption(requireNonNull(option, "option"), requireNonNull(value, "value"));
    }

    /** The value of a socket option, {@code getsockopt(2)}. */
    public <T> T getOption(SocketOption<T> option) throws IOException {
        return socket().getOption(option);
    }

    /**
     * Binds the socket to a local address: {@code bind}.
     *
     * @param local port 0 takes a free one, which {@link #localAddress} tells
     * @throws java.net.BindException if the address is in use or not this host's, or the socket is bound already
     * @throws java.net.UnknownHostException if the address is unresolved
     */
    public void bind(SocketAddress local) throws IOException {
        localGiven = AddressErrors.resolved(local);
        try {
            socket().bind(local);
        } catch (IOException e) {
            throw AddressErrors.failed("cannot bind to", local, e);
        }
    }

    /**
     * Listens for connections: {@code listen}. A socket that listens already goes on with the new backlog.
     *
     * <p>The JDK decides whether a socket listens when it opens one. So on nio the bound socket is closed, and one that
     * listens is opened with the same address and options; and a backlog stays as it was first.
     *
     * @param backlog how many may wait to be accepted; a hint to the system
     * @throws java.net.BindException if the socket is connected, or on nio if another program took the address in that
     *     instant; the dispatcher is closed then
     */
    public void listen(int backlog) throws IOException {
        SocketAddress local = localAddress();
        try {
            if (socket() instanceof ServerChannel server) {
                server.listen(backlog);
            } else {
                becomeListener(connection(), backlog);
                created = true;
                handedOut = false;
            }
        } catch (IOException e) {
            throw AddressErrors.failed("cannot listen on", local, e);
        }
    }

    /**
     * Begins to connect: {@code connect}. The outcome is an event, {@link #handleConnect} or {@link #handleError}. Where
     * the connection stands at once, as Unix-domain and datagram sockets have it, {@code handleConnect} runs inside this
     * method.
     *
     * @throws java.net.UnknownHostException if the address is unresolved
     * @throws IOException if the attempt failed at once
     */
    public void connect(SocketAddress remote) throws IOException {
        AddressErrors.resolved(remote);
        BoundChannel b = bound();
        try {
            boolean done = b.connect(remote);
            this.remote = remote;
            if (!done) {
                return;
            }
        } catch (IOException e) {
            throw AddressErrors.failed("cannot connect to", remote, e);
        }
        handleConnectEvent();
    }

    /**
     * Takes a connection that waits: {@code accept}. It belongs to no loop yet: make a dispatcher of it, or close it.
     *
     * @return the connection, or null if none waits. When the process has no descriptor left for it, this logs so and
     *     returns null, and the listener is not polled for a second
     */
    public @Nullable StreamChannel accept() throws IOException {
        return bound().accept();
    }

    /** Ends the sending direction, {@code shutdown(2)}: the peer reads the end of the stream, and may go on sending. */
    public void shutdownOutput() throws IOException {
        connection().shutdownOutput();
    }

    // Sending and receiving.

    /**
     * Receives a datagram: {@code socket.recvfrom}.
     *
     * @return the sender, also of an empty datagram, or null when none waits
     */
    public @Nullable SocketAddress recvFrom(ByteBuffer target) throws IOException {
        return bound().receive(target);
    }

    /**
     * Sends a datagram: {@code socket.sendto}.
     *
     * @return its bytes, or 0 when the system has no room
     */
    public int sendTo(ByteBuffer source, SocketAddress remote) throws IOException {
        return bound().send(source, AddressErrors.resolved(remote));
    }

    /**
     * Takes the urgent byte, in {@link #handleExpt}: {@code socket.recv(1, MSG_OOB)}.
     *
     * @return the byte, 0 to 255, or -1 if none waits
     * @throws UnsupportedOperationException if this poller cannot
     */
    public int recvUrgent() throws IOException {
        return connection().readUrgent();
    }

    // Questions.

    /** Whether a connection is being established, {@link #handleConnect} included: {@code connecting}. */
    public final boolean connecting() {
        return hasSocket() && bound().isConnecting();
    }

    /** Whether this listens: {@code accepting}. */
    public final boolean accepting() {
        return hasSocket() && bound().isListening();
    }

    /** The local address, or null without one: {@code socket.getsockname()}. */
    public final @Nullable SocketAddress localAddress() {
        try {
            return hasSocket() ? socket().getLocalAddress() : null;
        } catch (IOException e) {
            return null; // closed behind our back: there is none any more
        }
    }

    /**
     * Returns the peer's address, or the one that was last given to {@link #connect}, or null: {@code addr}. A listener has
     * a {@link #localAddress} only.
     */
    public final @Nullable SocketAddress remoteAddress() {
        if (remote == null && hasSocket() && bound().channel() instanceof StreamChannel stream) {
            try {
                return stream.getRemoteAddress();
            } catch (IOException e) {
                return null; // closed
            }
        }
        return remote;
    }

    // What the loop calls.

    /** {@inheritDoc} Calls {@link #handleAccept}, or {@link #handleConnect} if that is due, and {@link #handleRead}. */
    @Override
    public void handleReadEvent() throws Exception {
        if (accepting()) {
            handleAccept();
        } else if (!connecting() || handleConnectEvent()) {
            handleRead();
        }
    }

    /** {@inheritDoc} Calls {@link #handleConnect} if that is due, and {@link #handleWrite}. */
    @Override
    public void handleWriteEvent() throws Exception {
        if (!accepting() && (!connecting() || handleConnectEvent())) {
            handleWrite();
        }
    }

    private boolean handleConnectEvent() throws IOException {
        BoundChannel b = bound();
        try {
            if (!b.finishConnect()) {
                return false;
            }
        } catch (IOException e) {
            throw AddressErrors.failed("cannot connect to", remote, e);
        }
        handleConnect();
        b.connected();
        return b.isConnected();
    }

    // The hooks.

    /** The connection stands: {@code handle_connect}. Until this returns, the dispatcher is connecting. */
    public void handleConnect() throws IOException {
        unhandled("connect");
    }

    /**
     * A connection waits: {@code handle_accept}. Accepts one, and calls {@link #handleAccepted} if there was one. An
     * exception closes the listener, unless {@link #handleError} is overridden.
     */
    public void handleAccept() throws Exception {
        StreamChannel channel = accept();
        if (channel != null) {
            handleAccepted(channel, requireNonNull(channel.getRemoteAddress()));
        }
    }

    /** A connection was accepted: {@code handle_accepted}. Closes it and logs a warning unless overridden. */
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws Exception {
        channel.close();
        unhandled("accepted");
    }

    /** Returns the class, the state, and the peer's address, or the local one of a socket without a peer. */
    @Override
    public String toString() {
        SocketAddress shown = remoteAddress();
        if (shown == null) {
            SocketAddress local = accepting() || localGiven != null ? localAddress() : null;
            shown = local == null ? localGiven : local;
        }
        return describe(shown == null ? "" : shown);
    }

    private NetworkChannel socket() {
        return (NetworkChannel) bound().channel();
    }
}
