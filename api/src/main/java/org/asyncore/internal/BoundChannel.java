// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.asyncore.TimeLimit;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/** A dispatcher's channel: connects, accepts, reads and writes, and keeps the state of the channel in its entry. */
public final class BoundChannel {
    final SocketMapEntry entry;
    final Reactor reactor;
    final TimerQueue timers;

    private final @Nullable ByteChannel bytes; // the same channel, unless it listens
    private final @Nullable ListenerRest rest; // null unless it listens
    private @Nullable SocketAddress localGiven; // the last argument of bind
    private @Nullable SocketAddress remoteGiven; // the last argument of connect
    private @Nullable LimitTimer limits; // null if none was set
    private @Nullable Set<String> unhandled; // events for which a warning was logged

    BoundChannel(SocketMapEntry entry, @Nullable SocketAddress local, Reactor reactor, TimerQueue timers) {
        this.entry = entry;
        this.localGiven = local;
        this.reactor = reactor;
        this.timers = timers;
        this.bytes = entry.channel instanceof ByteChannel b ? b : null;
        this.rest = entry.channel instanceof ServerChannel ? new ListenerRest(entry, reactor, timers) : null;
    }

    public Channel channel() {
        return entry.channel;
    }

    /** Returns true if the dispatcher is in the loop. */
    public boolean isMember() {
        return entry.isMember();
    }

    public boolean isConnected() {
        return entry.state() == ChannelState.CONNECTED;
    }

    public boolean isConnecting() {
        return entry.state() == ChannelState.CONNECTING;
    }

    public boolean isListening() {
        return entry.state() == ChannelState.LISTENING;
    }

    /** Returns true the first time that it is called for an event without a hook. */
    public boolean isFirstUnhandled(String event) {
        if (unhandled == null) {
            unhandled = new HashSet<>();
        }
        return unhandled.add(event);
    }

    /** Leaves the loop, asyncore's {@code del_channel}; the channel stays open. */
    public void leave() {
        TimeLimits.cancel(limits);
        reactor.remove(entry);
    }

    /**
     * Leaves the loop and closes the channel; a layer is closed once it has sent what it has taken. Closing twice does
     * nothing.
     */
    public void close() throws IOException {
        TimeLimits.cancel(limits);
        if (rest != null) {
            rest.cancel();
        }
        reactor.close(entry);
    }

    // Time limits.

    /** Sets a time limit; zero removes it. */
    public void setLimit(TimeLimit which, Duration limit) {
        limits = TimeLimits.set(limits, which, limit, this);
    }

    /** Takes over the limits of the dispatcher's channel until now, and the address if it has found one. */
    BoundChannel inPlaceOf(@Nullable BoundChannel earlier) {
        if (earlier != null) {
            remoteGiven = HostStream.foundBy(earlier);
            limits = earlier.limits;
            earlier.limits = null;
            TimeLimits.move(limits, this);
        }
        return this;
    }

    /** Starts the limits that do not run. */
    void beginLimits() {
        TimeLimits.begin(limits);
    }

    // Addresses.

    /** Returns the local address, or null if there is none. */
    public @Nullable SocketAddress localAddress() {
        try {
            return entry.channel instanceof NetworkChannel socket ? socket.getLocalAddress() : null;
        } catch (IOException e) {
            return null; // the channel was closed without its dispatcher
        }
    }

    /** Returns the peer's address, or the one that was last given to {@link #connect}, or null. */
    public @Nullable SocketAddress remoteAddress() {
        if (remoteGiven != null) {
            return remoteGiven;
        }
        try {
            return entry.channel instanceof StreamChannel stream ? stream.getRemoteAddress() : null;
        } catch (IOException e) {
            return null; // closed
        }
    }

    /** Returns the state, and the address that distinguishes this channel from others. */
    public String describe() {
        String state = isConnected() ? "connected" : isListening() ? "listening" : "";
        SocketAddress address = remoteAddress();
        if (address == null && (isListening() || localGiven != null)) {
            SocketAddress local = localAddress();
            address = local == null ? localGiven : local;
        }
        return ((isMember() ? state : "closed") + " " + (address == null ? "" : address)).strip();
    }

    // Connecting and accepting.

    /** Binds the socket to a local address. */
    public void bind(SocketAddress local) throws IOException {
        localGiven = Objects.requireNonNull(local, "local");
        try {
            as(NetworkChannel.class).bind(local);
        } catch (IOException e) {
            throw AddressErrors.failed("cannot bind to", local, e);
        }
    }

    /** Gives a listener another backlog. */
    public void listen(int backlog) throws IOException {
        try {
            as(ServerChannel.class).listen(backlog);
        } catch (IOException e) {
            throw AddressErrors.failed("cannot listen on", localAddress(), e);
        }
    }

    /** Begins to connect. Returns true if the connection is established at once, as a datagram socket's is. */
    public boolean connect(SocketAddress remote) throws IOException {
        reactor.touched(entry);
        ChannelState before = entry.state();
        entry.setState(ChannelState.CONNECTING);
        boolean begun = false;
        try {
            boolean established = connectChannel(remote);
            begun = true;
            remoteGiven = remote;
            TimeLimits.cancel(limits);
            beginLimits();
            return established;
        } catch (IOException e) {
            throw AddressErrors.failed("cannot connect to", remote, e);
        } finally {
            if (!begun) {
                entry.setState(before);
            }
        }
    }

    private boolean connectChannel(SocketAddress remote) throws IOException {
        if (entry.channel instanceof DatagramSocketChannel datagrams) {
            datagrams.connect(remote);
            return true;
        }
        return as(StreamChannel.class).connect(remote);
    }

    /**
     * Returns true if the connection is established. The channel is asked each time, because {@code handleConnect} is
     * called again if it has failed. A failed attempt is thrown once, and the socket is unconnected then.
     */
    public boolean finishConnect() throws IOException {
        reactor.touched(entry);
        try {
            return !(entry.channel instanceof StreamChannel stream) || stream.finishConnect();
        } catch (IOException e) {
            entry.setState(ChannelState.UNCONNECTED);
            throw AddressErrors.failed("cannot connect to", remoteGiven, e);
        }
    }

    /** Notes that {@code handleConnect} has returned. Does nothing if it has closed the channel. */
    public void connected() {
        if (isConnecting()) {
            entry.setState(ChannelState.CONNECTED);
            beginLimits();
        }
    }

    /**
     * Returns a pending connection, or null if none is pending. Also returns null if no descriptor is left; then the
     * listener rests.
     */
    public @Nullable StreamChannel accept() throws IOException {
        reactor.touched(entry);
        try {
            StreamChannel connection = as(ServerChannel.class).accept();
            if (connection != null) {
                reactor.accepted(connection);
                if (rest != null) {
                    rest.accepted();
                }
            }
            return connection;
        } catch (TooManyOpenFilesException e) {
            if (rest != null) {
                rest.begin(e);
            }
            return null;
        }
    }

    // Sending and receiving.

    /** Reads as the channel does: returns the number of bytes, 0 if none is there now, -1 at the end. */
    public int read(ByteBuffer target) throws IOException {
        reactor.touched(entry);
        int n;
        try {
            n = bytes().read(target);
        } catch (NotYetConnectedException e) {
            n = unconnected(e);
        }
        if (n > 0) {
            received(n);
        }
        return n;
    }

    private void received(int n) {
        reactor.received(n);
        if (limits != null) {
            TimeLimits.received(limits);
        }
    }

    /** Writes as the channel does: returns the number of bytes, 0 if there is no room. */
    public int write(ByteBuffer source) throws IOException {
        reactor.touched(entry);
        int offered = source.remaining();
        int n;
        try {
            n = bytes().write(source);
        } catch (NotYetConnectedException e) {
            n = unconnected(e);
        }
        return sent(n, offered);
    }

    /** Returns 0, would-block, while connecting. Otherwise throws what the system reports as ENOTCONN or EPIPE. */
    private int unconnected(NotYetConnectedException cause) throws IOException {
        if (!isConnecting()) {
            throw new IOException("not connected: " + entry.channel, cause);
        }
        return 0;
    }

    /** Receives a datagram and returns its sender, or null if there is none. */
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        reactor.touched(entry);
        int before = target.position();
        SocketAddress sender = as(DatagramSocketChannel.class).receive(target);
        if (sender != null) {
            received(target.position() - before);
        }
        return sender;
    }

    /** Sends a datagram: returns its number of bytes, or 0 if there is no room. */
    public int send(ByteBuffer source, SocketAddress remote) throws IOException {
        reactor.touched(entry);
        int offered = source.remaining();
        return sent(as(DatagramSocketChannel.class).send(source, remote), offered);
    }

    private int sent(int n, int offered) {
        entry.sent(n, offered);
        if (n > 0) {
            reactor.sent(n);
        }
        if (limits != null) {
            TimeLimits.sent(limits, n, offered);
        }
        return n;
    }

    /** Returns the number of bytes that the channel has taken and the system has not. */
    public int unsentBytes() {
        return entry.channel instanceof StreamLayer layer ? layer.unsentBytes() : 0;
    }

    /** Returns true if an exception means that the connection is lost. */
    public boolean isLostBy(IOException cause) {
        return ConnectionLoss.isMeantBy(cause, entry);
    }

    private <T extends Channel> T as(Class<T> kind) {
        if (!kind.isInstance(entry.channel)) {
            throw new IllegalStateException("not a " + kind.getSimpleName() + ": " + entry.dispatcher);
        }
        return kind.cast(entry.channel);
    }

    private ByteChannel bytes() throws IOException {
        if (bytes == null && entry.state() == ChannelState.CLOSED) {
            throw new ClosedChannelException(); // also for a listener, because EBADF comes first
        }
        if (bytes == null) {
            throw new IllegalStateException("a listener neither sends nor receives: " + entry.dispatcher);
        }
        return bytes;
    }
}
