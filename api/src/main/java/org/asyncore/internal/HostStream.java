// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.ConnectionRace.FailedAttempt;
import org.jspecify.annotations.Nullable;

/**
 * The channel of a dispatcher that connects to a host by its name, until a socket takes its place: first the name is
 * resolved, then sockets race to its addresses. If all fail, {@link #finishConnect} throws the reason. Bytes do not move
 * before.
 */
public final class HostStream implements StreamChannel, HostLookup.Outcome, ConnectionRace.Outcome {
    private enum State {
        CONNECTING,
        ESTABLISHED, // a socket takes this channel's place
        FAILED,
        CLOSED
    }

    private static final Duration RESOLVING_LIMIT = Duration.ofSeconds(30);

    private final EventLoop loop;
    private final InetSocketAddress name;
    private final UnaryOperator<StreamChannel> layer;
    private final Consumer<StreamChannel> user;
    private State state = State.CONNECTING;
    private @Nullable IOException failure; // not null if FAILED
    private @Nullable InetSocketAddress address; // not null if ESTABLISHED
    private @Nullable BoundChannel bound; // from begin() on
    private @Nullable HostLookup lookup; // the same
    private @Nullable ConnectionRace race; // the same
    private @Nullable TimerHandle resolvingLimit; // the same

    /**
     * Makes a channel that does nothing yet.
     *
     * @param name the host and port, unresolved
     * @param layer returns the channel to use over an established connection
     * @param user takes over that channel
     */
    public HostStream(
            EventLoop loop, InetSocketAddress name, UnaryOperator<StreamChannel> layer, Consumer<StreamChannel> user) {
        this.loop = loop;
        this.name = name;
        this.layer = layer;
        this.user = user;
    }

    /** Begins to resolve the name. */
    public void begin(BoundChannel bound) {
        this.bound = bound;
        race = new ConnectionRace(loop, bound.entry, this);
        lookup = new HostLookup(loop.resolver(), name.getHostString(), loop, this);
        resolvingLimit =
                loop.schedule(RESOLVING_LIMIT, timer -> unresolved("it took longer than " + RESOLVING_LIMIT, null));
        lookup.begin();
    }

    /** Returns the address of the connection that a dispatcher's channel has established to a name, or null. */
    static @Nullable InetSocketAddress foundBy(@Nullable BoundChannel channel) {
        return channel != null && channel.channel() instanceof HostStream stream ? stream.address : null;
    }

    /** Returns the source of the dispatcher's readiness while it connects. */
    ReadinessSource readiness() {
        return state == State.FAILED ? ReadinessSource.ALWAYS : ReadinessSource.ATTEMPTS;
    }

    /** Looks which sockets have connected. */
    void advance() {
        requireNonNull(race).advance();
    }

    // Outcomes.

    @Override
    public void resolved(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            unresolved("it has no address", null);
        } else if (state == State.CONNECTING) { // else this comes too late
            cancelLimit();
            requireNonNull(race).begin(addresses, name.getPort());
        }
    }

    @Override
    public void unresolved(Throwable reason) {
        String message = reason.getMessage();
        unresolved(reason instanceof UnknownHostException && message != null ? message : reason.toString(), reason);
    }

    private void unresolved(String reason, @Nullable Throwable cause) {
        if (state == State.CONNECTING) {
            UnknownHostException unknown = new UnknownHostException("cannot connect to " + this
                    + ", because its name cannot be resolved: " + reason
                    + ". Check the name, and the name servers of this system");
            unknown.initCause(cause);
            fail(unknown);
        }
    }

    @Override
    public void established(StreamChannel socket, InetSocketAddress address) {
        this.address = address;
        state = State.ESTABLISHED;
        boolean taken = false;
        try {
            user.accept(layer.apply(socket));
            taken = true;
        } catch (RuntimeException e) {
            fail(new IOException("cannot use the connection to " + address + ": " + e.getMessage(), e));
        } finally {
            if (!taken) {
                ConnectionRace.close(socket);
            }
        }
    }

    @Override
    public void failed(List<FailedAttempt> attempts) {
        String message = attempts.stream()
                .map(FailedAttempt::toString)
                .collect(Collectors.joining("; ", "cannot connect to " + this + ": ", ""));
        boolean refused = attempts.stream().anyMatch(FailedAttempt::isRefusal);
        SocketException all = refused ? new ConnectException(message) : new SocketException(message);
        attempts.forEach(each -> all.addSuppressed(each.reason()));
        fail(all);
    }

    /** Lets the next event of the dispatcher report a failure. */
    private void fail(IOException cause) {
        failure = cause;
        state = State.FAILED;
        address = null;
        end();
        BoundChannel channel = requireNonNull(bound);
        channel.entry.setState(channel.entry.state());
        channel.reactor.changed(channel.entry);
    }

    /** Ends all that is under way. */
    private void end() {
        cancelLimit();
        if (lookup != null) {
            lookup.cancel();
        }
        if (race != null) {
            race.end();
        }
    }

    private void cancelLimit() {
        if (resolvingLimit != null) {
            resolvingLimit.cancel();
        }
    }

    /** Gives up, unless a connection is established, because the dispatcher leaves the loop. */
    void leave() {
        if (state == State.CONNECTING && bound != null) {
            fail(new IOException("the dispatcher has left the loop before it was connected to " + this));
        }
    }

    // The channel.

    /** Returns false; {@link #begin} follows. */
    @Override
    public boolean connect(SocketAddress remote) {
        return false;
    }

    @Override
    public boolean finishConnect() throws IOException {
        checkFailure();
        return false;
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        checkFailure();
        return 0;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        checkFailure();
        return 0;
    }

    private void checkFailure() throws IOException {
        if (state == State.CLOSED) {
            throw new ClosedChannelException();
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void shutdownOutput() {
        throw new NotYetConnectedException();
    }

    @Override
    public StreamChannel bind(@Nullable SocketAddress local) {
        throw new UnsupportedOperationException("cannot bind before the connection is established: " + this);
    }

    @Override
    public <T> StreamChannel setOption(SocketOption<T> option, T value) {
        throw withoutSocket(option);
    }

    @Override
    public <T> T getOption(SocketOption<T> option) {
        throw withoutSocket(option);
    }

    private UnsupportedOperationException withoutSocket(SocketOption<?> option) {
        return new UnsupportedOperationException(
                "there is no socket with the option " + option + " yet, set it in handleConnect: " + this);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    @Override
    public void close() {
        state = State.CLOSED;
        end();
    }

    /** Returns {@code HOST:PORT}. */
    @Override
    public String toString() {
        String host = name.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + name.getPort();
    }
}
