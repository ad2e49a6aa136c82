// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.asyncore.internal.Readiness.POLLED;
import static org.asyncore.internal.Readiness.RESTING;
import static org.asyncore.internal.Readiness.WRITABLE;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.asyncore.Dispatcher;
import org.asyncore.TimerHandle;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/**
 * Binds a dispatcher to its channel and to the loop, and knows the state of the channel. The only place that cancels and
 * closes, in that order.
 */
public final class Binding extends Member {
    private static final Duration REST = Duration.ofSeconds(1);

    private final @Nullable ByteChannel bytes; // the same channel, unless it listens
    private State state;
    private int turnedAway; // attempts to accept that failed for want of a descriptor, since one last succeeded
    private @Nullable TimerHandle rest; // its end; set once the listener has rested
    private @Nullable Set<String> unhandled; // events that were warned of

    private Binding(ReactorLoop loop, Dispatcher dispatcher, Channel channel, State state) {
        super(loop.reactor, dispatcher, channel, state.readiness(channel));
        loop.checkCanAdd();
        this.bytes = channel instanceof ByteChannel b ? b : null;
        this.state = state;
    }

    /** Binds a channel that is connected, connectable, listening or open, as it shows. */
    public static Binding of(ReactorLoop loop, Dispatcher dispatcher, Channel channel) {
        return new Binding(loop, dispatcher, channel, State.of(channel));
    }

    /** Binds a channel that the dispatcher reads and writes behind our back, so that nothing can be presumed of it. */
    static Binding raw(ReactorLoop loop, Dispatcher dispatcher, Channel channel) {
        if (channel instanceof FileChannel file) {
            GivenFile.requireAlwaysReady(file);
        }
        return new Binding(loop, dispatcher, channel, State.ofRaw(channel));
    }

    public Channel channel() {
        return channel;
    }

    /** The bytes that the channel has taken and the system has not. */
    public int unsentBytes() {
        return channel instanceof StreamLayer layer ? layer.unsentBytes() : 0;
    }

    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    @Override
    public boolean isConnecting() {
        return state == State.CONNECTING;
    }

    @Override
    public boolean isListening() {
        return state == State.LISTENING;
    }

    /** Leaves the loop and closes the channel, a layer once it has sent what it has taken. May be repeated. */
    @Override
    public void close() throws IOException {
        boolean first = state != State.CLOSED;
        setState(State.CLOSED);
        if (rest != null) {
            rest.cancel();
        }
        try {
            leave();
        } finally {
            if (!(channel instanceof StreamLayer layer)) {
                channel.close();
            } else if (first) {
                reactor.lingering.close(layer, dispatcher);
            }
        }
        reactor.flush();
    }

    /** Begins to connect; true if the connection stands already, as a datagram socket's does. */
    public boolean connect(SocketAddress remote) throws IOException {
        reactor.touched(this);
        State before = state;
        setState(State.CONNECTING);
        try {
            if (channel instanceof DatagramSocketChannel datagrams) {
                datagrams.connect(remote);
                return true;
            }
            return as(StreamChannel.class).connect(remote);
        } catch (IOException | RuntimeException e) {
            setState(before);
            throw e;
        }
    }

    /** Makes the bound socket a listener, whose binding takes the place of this one; a socket that is lost by it leaves. */
    public Binding listen(StreamChannel bound, int backlog) throws IOException {
        reactor.touched(this);
        unregister();
        try {
            Binding listener = new Binding(reactor.loop, dispatcher, bound.listen(backlog), State.LISTENING);
            replaceBy(listener);
            setState(State.CLOSED);
            return listener;
        } catch (IOException | RuntimeException e) {
            if (!bound.isOpen()) {
                close();
            }
            throw e;
        }
    }

    /**
     * Whether the connection stands now. It is looked at each time, because a hook that failed hears of the connection
     * again. Its failure is thrown once, and the socket is unconnected then.
     */
    public boolean finishConnect() throws IOException {
        reactor.touched(this);
        try {
            return !(channel instanceof StreamChannel stream) || stream.finishConnect();
        } catch (IOException e) {
            setState(State.UNCONNECTED);
            throw e;
        }
    }

    /** The hooks have heard of the connection; nothing if one of them closed it. */
    public void connected() {
        if (state == State.CONNECTING) {
            setState(State.CONNECTED);
        }
    }

    /** A connection that waits, or null if there is none or no descriptor left for it: then the listener rests. */
    public @Nullable StreamChannel accept() throws IOException {
        reactor.touched(this);
        try {
            StreamChannel connection = as(ServerChannel.class).accept();
            if (connection != null) {
                accepted(connection);
            }
            return connection;
        } catch (TooManyOpenFilesException e) {
            rest(e);
            return null;
        }
    }

    private void accepted(StreamChannel connection) {
        reactor.accepted.add(connection);
        if (turnedAway > 0) {
            ReactorLoop.LOG.info(
                    "{} accepts again, after {} attempts that found no file descriptor", dispatcher, turnedAway);
            turnedAway = 0;
        }
    }

    /** Reads as the channel does: bytes, 0 for nothing now, -1 at the end. */
    public int read(ByteBuffer target) throws IOException {
        reactor.touched(this);
        int n;
        try {
            n = bytes().read(target);
        } catch (NotYetConnectedException e) {
            n = unconnected(e);
        }
        if (n > 0) {
            reactor.advice.progressed();
        }
        return n;
    }

    /** Writes as the channel does: bytes, 0 for no room. */
    public int write(ByteBuffer source) throws IOException {
        reactor.touched(this);
        int offered = source.remaining();
        int n;
        try {
            n = bytes().write(source);
        } catch (NotYetConnectedException e) {
            n = unconnected(e);
        }
        wrote(n, offered);
        return n;
    }

    /** Too early is would-block; otherwise it is what the system calls ENOTCONN and EPIPE. */
    private int unconnected(NotYetConnectedException cause) throws IOException {
        if (state != State.CONNECTING) {
            throw new IOException("not connected: " + channel, cause);
        }
        return 0;
    }

    /**
     * Whether this exception means that the connection is lost: asyncore's set of disconnected errors. What a layer finds
     * wrong with the bytes is no loss but an error, and so is a connection that never came to stand, and what is the
     * matter with a device itself.
     */
    public boolean isLostBy(IOException cause) {
        return cause instanceof ClosedChannelException
                || !(cause instanceof SSLException
                        || channel instanceof DatagramSocketChannel
                        || cause instanceof FileSystemException
                        || State.isFile(channel)
                        || isRefusal(cause));
    }

    private boolean isRefusal(IOException cause) {
        return state == State.CONNECTING
                && (cause instanceof ConnectException || cause instanceof NoRouteToHostException);
    }

    /** Whether nobody has been told yet that this event has no hook. */
    public boolean isFirstUnhandled(String event) {
        if (unhandled == null) {
            unhandled = new HashSet<>();
        }
        return unhandled.add(event);
    }

    /** Takes a datagram and returns its sender, or null. */
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        reactor.touched(this);
        SocketAddress sender = as(DatagramSocketChannel.class).receive(target);
        if (sender != null) {
            reactor.advice.progressed();
        }
        return sender;
    }

    /** Sends a datagram: its bytes, or 0 for no room. */
    public int send(ByteBuffer source, SocketAddress remote) throws IOException {
        reactor.touched(this);
        int offered = source.remaining();
        int n = as(DatagramSocketChannel.class).send(source, remote);
        wrote(n, offered);
        return n;
    }

    private void wrote(int n, int offered) {
        if (n < offered) {
            if (readiness == WRITABLE) {
                readiness = POLLED;
            }
        } else if (n > 0 && readiness == POLLED) {
            readiness = state.readiness(channel);
        }
        if (n > 0) {
            reactor.advice.progressed();
        }
    }

    /**
     * Connections wait in the system's queue meanwhile. A spell of rests is logged once, and its end by {@link #accepted}. The
     * log comes last: it may fail for want of descriptors itself.
     */
    private void rest(TooManyOpenFilesException cause) {
        readiness = RESTING;
        if (rest == null) {
            rest = reactor.loop.schedule(REST, this::endRest);
        } else {
            rest.restart();
        }
        if (turnedAway++ == 0) {
            ReactorLoop.LOG.warn(
                    "{} rests for {} at a time until it can accept again: raise the limit of open files, or close connections",
                    dispatcher,
                    REST,
                    cause);
        }
    }

    private void endRest() {
        setState(state);
        reactor.changed(this);
    }

    private void setState(State state) {
        this.state = state;
        readiness = state.readiness(channel);
    }

    private <T extends Channel> T as(Class<T> kind) {
        if (!kind.isInstance(channel)) {
            throw new IllegalStateException("not a " + kind.getSimpleName() + ": " + dispatcher);
        }
        return kind.cast(channel);
    }

    private ByteChannel bytes() throws IOException {
        if (bytes == null && state == State.CLOSED) {
            throw new ClosedChannelException(); // a listener, but EBADF comes first
        }
        if (bytes == null) {
            throw new IllegalStateException("it listens, so it neither sends nor receives: " + dispatcher);
        }
        return bytes;
    }
}
