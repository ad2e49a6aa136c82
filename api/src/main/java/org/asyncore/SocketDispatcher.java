// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import java.util.function.UnaryOperator;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.BoundChannel;
import org.asyncore.internal.HostStream;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/**
 * A socket and its hooks: asyncore's {@code dispatcher}. Extend it, override the hooks that you need, and return true
 * from {@link #readable} and {@link #writable} while you want to read and to write. The page of the package
 * {@link org.asyncore} has an example.
 */
public abstract class SocketDispatcher extends ChannelDispatcher {
    private SocketOwner owner = SocketOwner.PROGRAM;

    /** Makes a dispatcher without a socket: {@link #createSocket} or {@link #setSocket} follow. */
    protected SocketDispatcher(Loop loop) {
        super(loop);
    }

    /**
     * Makes a dispatcher over a socket, usually one that {@link #handleAccepted} got. It joins the loop. No hook is
     * called, so the dispatcher of an accepted socket gets no {@link #handleConnect}.
     */
    @SuppressWarnings("this-escape") // the loop calls back in later turns only
    protected SocketDispatcher(Loop loop, StreamChannel channel) {
        super(loop);
        attach(channel);
    }

    // The socket.

    /** Creates a TCP socket over IPv4 and joins the loop: {@code create_socket()}. */
    public void createSocket() throws IOException {
        createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
    }

    /**
     * Creates a non-blocking socket and joins the loop: {@code create_socket(family, type)}. Connect or listen before
     * the loop's next turn, because a stream socket that does neither counts as disconnected. An earlier socket is
     * closed, unless {@link #stream} has returned it.
     *
     * @param family {@link StandardProtocolFamily#INET}, {@code INET6} or, for streams, {@code UNIX}
     * @throws UnsupportedOperationException if the poller's backend does not support the family
     */
    public void createSocket(ProtocolFamily family, SocketType type) throws IOException {
        boolean isStream = type == SocketType.STREAM;
        Backend backend = eventLoop().backend();
        setCreated(isStream ? backend.openStream(family) : backend.openDatagram(family));
    }

    private void setCreated(Channel opened) throws IOException {
        BoundChannel earlier = owner == SocketOwner.SHARED || !hasSocket() ? null : bound();
        try {
            setSocket(opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        owner = SocketOwner.DISPATCHER;
        if (earlier != null) {
            earlier.close();
        }
    }

    /**
     * Takes over a socket of this loop's backend and joins the loop: {@code set_socket}. An earlier socket leaves the
     * loop and stays open, so that a layer over {@link #stream} can take its place. But it is closed if
     * {@link #createSocket} made it and {@code stream} has not returned it, because then no other code can close it. If
     * this throws, nothing changes, and the caller has to close the new socket.
     *
     * @throws IllegalArgumentException if this loop's backend has not opened it, or it is not a socket
     * @throws IllegalStateException if it is registered for another dispatcher: call {@link #delChannel} there first
     */
    public void setSocket(Channel channel) {
        BoundChannel unreachable = owner == SocketOwner.DISPATCHER ? bound() : null;
        if (!(requireNonNull(channel, "channel") instanceof NetworkChannel)) {
            throw new IllegalArgumentException("not a socket: " + channel);
        }
        attach(channel);
        owner = SocketOwner.PROGRAM;
        if (unreachable != null) {
            close(unreachable);
        }
    }

    /**
     * Returns the stream socket, asyncore's {@code socket}, for a {@link org.asyncore.channels.StreamLayer} over it.
     *
     * @throws IllegalStateException if there is no stream socket
     */
    protected final StreamChannel stream() {
        StreamChannel stream = connection();
        owner = SocketOwner.SHARED;
        return stream;
    }

    private NetworkChannel socket() {
        return (NetworkChannel) bound().channel();
    }

    private StreamChannel connection() {
        if (socket() instanceof StreamChannel stream) {
            return stream;
        }
        throw new IllegalStateException("not a stream: " + this);
    }

    // Options.

    /**
     * Sets {@code SO_REUSEADDR}, {@code set_reuse_addr}: {@link #bind} gets an address that closed connections still
     * occupy. Failures are ignored, also of sockets without this option, such as Unix-domain ones.
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
     * @throws UnsupportedOperationException if this kind of socket does not have it
     */
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        socket().setOption(requireNonNull(option, "option"), requireNonNull(value, "value"));
    }

    /** Returns the value of a socket option, {@code getsockopt(2)}; exceptions as for {@link #setOption}. */
    public <T> T getOption(SocketOption<T> option) throws IOException {
        return socket().getOption(option);
    }

    // Listening and connecting.

    /**
     * Binds the socket to a local address: {@code bind}.
     *
     * @param local port 0 takes a free one, which {@link #localAddress} returns
     * @throws java.net.BindException if the address is in use or not this host's, or the socket is bound already
     * @throws java.net.UnknownHostException if the address is unresolved
     */
    public void bind(SocketAddress local) throws IOException {
        bound().bind(local);
    }

    /**
     * Listens for connections: {@code listen}. A socket that listens already goes on with the new backlog.
     *
     * <p>On epoll and kqueue this is {@code listen(2)} on the bound socket. The JDK decides whether a socket listens
     * when it opens one, so nio closes the bound socket and opens a listener with its address and options. Its backlog
     * never changes.
     *
     * @param backlog how many connections may be pending; a hint to the system
     * @throws java.net.BindException if the socket is connected, or on nio if another program took the address in that
     *     instant, which closes the dispatcher
     */
    public void listen(int backlog) throws IOException {
        if (socket() instanceof ServerChannel) {
            bound().listen(backlog);
        } else {
            becomeListener(connection(), backlog);
            owner = SocketOwner.DISPATCHER;
        }
    }

    /**
     * Begins to connect: {@code connect}. The outcome is reported later, by {@link #handleConnect} or
     * {@link #handleError}. If the connection is established at once, as on Unix-domain and datagram sockets, this
     * method itself calls {@code handleConnect}.
     *
     * @throws java.net.UnknownHostException if the address is unresolved
     * @throws IOException if the attempt failed at once
     */
    public void connect(SocketAddress remote) throws IOException {
        if (bound().connect(remote)) {
            handleConnectEvent();
        }
    }

    /** Begins to connect to a host by its name: {@link #connect(String, int, UnaryOperator)} without a layer. */
    public void connect(String host, int port) throws IOException {
        connect(host, port, tcp -> tcp);
    }

    /**
     * Begins to connect to a host by its name, over TCP. It creates the sockets itself, as {@link #createSocket} does.
     * A {@link HostResolver} resolves the name on another thread, within 30 seconds. Then the addresses are tried as RFC
     * 8305 says: IPv6 and IPv4 in turn, the next one after 250 ms or when one fails. The first connection that is
     * established is kept. The outcome is reported as by {@link #connect(SocketAddress)}; if all addresses fail, one
     * exception names each with its reason. Until then there is no socket, so set options in {@link #handleConnect}.
     *
     * @param layer returns the channel to use over the connection, such as TLS; {@code handleConnect} follows its
     *     handshake
     */
    public void connect(String host, int port, UnaryOperator<StreamChannel> layer) throws IOException {
        InetSocketAddress name = InetSocketAddress.createUnresolved(host, port);
        HostStream attempts = new HostStream(eventLoop(), name, requireNonNull(layer, "layer"), this::attach);
        setCreated(attempts);
        bound().connect(name);
        attempts.begin(bound());
    }

    /**
     * Accepts a pending connection: {@code accept}. It belongs to no loop yet: make a dispatcher of it, or close it.
     *
     * @return the connection, or null if none is pending. If the process has no descriptor left for it, this logs a
     *     warning and returns null, and the listener is not polled for a second
     */
    public @Nullable StreamChannel accept() throws IOException {
        return bound().accept();
    }

    /** Ends the sending direction, {@code shutdown(2)}: the peer reads the end of the stream, and may go on sending. */
    public void shutdownOutput() throws IOException {
        connection().shutdownOutput();
    }

    // Datagrams and urgent data.

    /**
     * Receives a datagram: {@code socket.recvfrom}. Bytes that do not fit into the buffer are lost.
     *
     * @return the sender, also of an empty datagram, or null if no datagram is pending
     */
    public @Nullable SocketAddress recvFrom(ByteBuffer target) throws IOException {
        return bound().receive(target);
    }

    /**
     * Sends a datagram: {@code socket.sendto}.
     *
     * @return the number of bytes sent, or 0 if the system has no room
     */
    public int sendTo(ByteBuffer source, SocketAddress remote) throws IOException {
        return bound().send(source, remote);
    }

    /**
     * Receives the urgent byte, in {@link #handleExpt}: {@code socket.recv(1, MSG_OOB)}.
     *
     * @return the byte, 0 to 255, or -1 if none is pending
     * @throws UnsupportedOperationException if this poller's backend cannot receive urgent data
     */
    public int recvUrgent() throws IOException {
        return connection().readUrgent();
    }

    // State and addresses.

    /** Returns true while a connection is being established, {@link #handleConnect} included: {@code connecting}. */
    public final boolean connecting() {
        return hasSocket() && bound().isConnecting();
    }

    /** Returns true if this socket listens: {@code accepting}. */
    public final boolean accepting() {
        return hasSocket() && bound().isListening();
    }

    /** Returns the local address, or null if there is none: {@code socket.getsockname()}. */
    public final @Nullable SocketAddress localAddress() {
        return hasSocket() ? bound().localAddress() : null;
    }

    /**
     * Returns the peer's address, or the one that was last given to {@link #connect}, or null: {@code addr}. A listener
     * has a {@link #localAddress} only.
     */
    public final @Nullable SocketAddress remoteAddress() {
        return hasSocket() ? bound().remoteAddress() : null;
    }

    // Events.

    /** {@inheritDoc} Calls {@link #handleAccept}, or {@link #handleConnect} if it is due, and {@link #handleRead}. */
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
        BoundChannel channel = bound();
        if (!channel.finishConnect()) {
            return false;
        }
        handleConnect();
        channel.connected();
        return channel.isConnected();
    }

    // Hooks.

    /**
     * Handles an established connection: {@code handle_connect}. Until this returns, the dispatcher is connecting. Logs
     * a warning unless overridden.
     */
    public void handleConnect() throws IOException {
        unhandled("connect");
    }

    /**
     * Handles a pending connection: {@code handle_accept}. Unless overridden, it accepts one and calls
     * {@link #handleAccepted}. An exception closes the listener, unless {@link #handleError} is overridden.
     */
    public void handleAccept() throws Exception {
        StreamChannel channel = accept();
        if (channel != null) {
            handleAccepted(channel, requireNonNull(channel.getRemoteAddress()));
        }
    }

    /** Handles an accepted connection: {@code handle_accepted}. Closes it and logs a warning unless overridden. */
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws Exception {
        channel.close();
        unhandled("accepted");
    }
}
