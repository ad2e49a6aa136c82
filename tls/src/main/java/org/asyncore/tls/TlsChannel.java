// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a stream. A dispatcher speaks TLS if it uses this channel instead of the stream.
 *
 * <p>Over a connected stream, accepted or about to be upgraded, this counts as connected at once, but it reads and
 * takes nothing until the handshake is over. Over an unconnected stream, {@link #connect} begins both, and the
 * connection is established once both are done.
 *
 * <p>Errors in the peer's TLS are {@link SSLException}s: a handshake that fails, a record that was tampered with, a
 * stream that ends without {@code close_notify}. The peer gets an alert first. Other failures are those of the
 * transport.
 *
 * <p>Belongs to the thread of its dispatcher's loop.
 */
public final class TlsChannel implements StreamLayer {
    private enum State {
        UNCONNECTED,
        CONNECTING, // the transport is connecting
        HANDSHAKING, // the transport is connected, and finishConnect has not returned true
        CONNECTED,
        CLOSED
    }

    private final StreamChannel transport;
    private final SSLEngine engine;
    private final TlsEngine tls;
    private final HandshakeTimer timer = new HandshakeTimer(this::expire);
    private Duration lingerTimeout = Duration.ofSeconds(30);
    private State state;

    private TlsChannel(StreamChannel transport, SSLEngine engine) {
        if (transport instanceof StreamLayer) {
            throw new IllegalArgumentException("the transport is a layer itself: " + transport);
        }
        this.transport = transport;
        this.engine = engine;
        tls = new TlsEngine(transport, engine);
        state = transport.isConnected() ? State.CONNECTED : State.UNCONNECTED;
    }

    /**
     * Makes a client's channel. It sends the host's name to the server, whose certificate has to be for it. Sessions
     * are resumed if context, host and port are the same.
     *
     * @param transport connected, or to be connected by {@link #connect}
     * @param host a name, or an address if the server's certificate has it
     */
    public static TlsChannel client(StreamChannel transport, SSLContext context, String host, int port) {
        requireNonNull(transport, "transport");
        requireNonNull(context, "context");
        return new TlsChannel(transport, ClientEngine.of(context, requireNonNull(host, "host"), port));
    }

    /** Makes a server's channel, which does not ask for a certificate of the client. */
    public static TlsChannel server(StreamChannel transport, SSLContext context) {
        requireNonNull(transport, "transport");
        SSLEngine engine = requireNonNull(context, "context").createSSLEngine();
        engine.setUseClientMode(false);
        return new TlsChannel(transport, engine);
    }

    /**
     * Makes a channel over an engine that the program has configured: its mode is set, and its
     * {@link SSLEngine#setSSLParameters parameters} say what it offers and requires.
     */
    public static TlsChannel over(StreamChannel transport, SSLEngine engine) {
        return new TlsChannel(requireNonNull(transport, "transport"), requireNonNull(engine, "engine"));
    }

    /**
     * Lets other threads run the long computations of handshakes, about a millisecond each, while the loop goes on.
     * Without this the loop's thread runs them. Has to be called before the handshake begins, as in the dispatcher's
     * constructor.
     *
     * @param user the dispatcher over this channel
     */
    public void runTasksOn(Executor executor, SocketDispatcher user) {
        tls.tasks().runOn(requireNonNull(executor, "executor"), requireNonNull(user, "user"));
    }

    /**
     * Sets how long a handshake may take, by default 10 seconds. The time runs from when the transport is connected and
     * a dispatcher over this channel is in a loop. A handshake that takes longer fails with an {@link SSLException},
     * which goes to {@link Dispatcher#handleError} at once, whatever {@code readable} and {@code writable} return.
     *
     * @param timeout zero for no limit
     */
    public void setHandshakeTimeout(Duration timeout) {
        timer.set(checked(timeout));
    }

    /**
     * Sets how long the loop goes on sending the bytes that this channel has taken, after its dispatcher has closed.
     * The default is 30 seconds. Bytes that are unsent then are lost, and the loop logs a warning.
     *
     * @param timeout zero to send only what the transport takes at once
     */
    public void setLingerTimeout(Duration timeout) {
        lingerTimeout = checked(timeout);
    }

    private static Duration checked(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        return timeout;
    }

    /** Returns true once the handshake is over. Before that nothing can be sent or received. */
    public boolean isEstablished() {
        return tls.isEstablished();
    }

    /** Returns the session: version, cipher suite, certificates. It is of no use before the handshake is over. */
    public SSLSession session() {
        return engine.getSession();
    }

    /** Returns the protocol agreed on by ALPN; null if there is none, and before the handshake is over. */
    public @Nullable String applicationProtocol() {
        String protocol = engine.getApplicationProtocol();
        return protocol == null || protocol.isEmpty() ? null : protocol;
    }

    // Calls of the loop.

    @Override
    public StreamChannel transport() {
        return transport;
    }

    @Override
    public Ops interest(Ops wanted) {
        return isConnecting() ? Ops.WRITE : tls.interest(wanted);
    }

    @Override
    public boolean isReady(Ops wanted) {
        return !isConnecting() && tls.isReady(wanted);
    }

    @Override
    public Ops advance(Ops ready) {
        if (isConnecting() && ready.writes()) {
            finishConnecting();
        }
        if (isConnecting()) {
            return Ops.NONE;
        }
        Ops made = tls.advance(ready);
        if (!tls.isHandshaking()) {
            timer.cancel();
        }
        return made;
    }

    private boolean isConnecting() {
        return state == State.CONNECTING && !tls.hasFailed();
    }

    private void finishConnecting() {
        try {
            if (transport.finishConnect()) {
                beginHandshake();
            }
        } catch (IOException e) {
            tls.fail(e);
        }
    }

    private void beginHandshake() {
        state = State.HANDSHAKING;
        timer.start();
    }

    @Override
    public void joined(Loop loop, Dispatcher user) {
        timer.joined(loop, user);
        if (transport.isConnected() && tls.isHandshaking()) {
            timer.start();
        }
    }

    @Override
    public void left() {
        timer.left();
    }

    private void expire(Dispatcher user, Duration timeout) {
        if (tls.isHandshaking()) {
            SSLException cause =
                    new SSLHandshakeException("the handshake took longer than " + timeout + ": " + transport);
            tls.expire(cause);
            user.handleError(cause);
        }
    }

    // Connecting.

    /** Begins to connect the transport. Always returns false, because the handshake follows. */
    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        checkOpen();
        if (transport.connect(remote)) {
            beginHandshake();
        } else {
            state = State.CONNECTING;
        }
        return false;
    }

    @Override
    public boolean finishConnect() throws IOException {
        checkOpen();
        if (state != State.CONNECTING && !transport.isConnected() && !tls.hasFailed()) {
            throw new NoConnectionPendingException();
        }
        if (!tls.isEstablished()) {
            advance(Ops.READ_WRITE);
            tls.checkFailure();
        }
        if (tls.isEstablished() && isOpen()) {
            state = State.CONNECTED;
        }
        return tls.isEstablished();
    }

    @Override
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    // Bytes.

    @Override
    public int read(ByteBuffer target) throws IOException {
        checkConnected();
        return tls.read(target);
    }

    /** {@inheritDoc} Bytes taken to be encrypted count as written. While encrypted bytes are unsent, takes no more. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        checkConnected();
        return tls.write(source);
    }

    /**
     * Sends {@code close_notify} and ends the sending direction of the transport, once the handshake is over and all
     * bytes are sent. The peer may go on sending, but before TLS 1.3 it has to end its direction, too.
     */
    @Override
    public void shutdownOutput() throws IOException {
        checkConnected();
        tls.shutdownOutput();
    }

    /** Returns the number of bytes in records that are unsent; 0 as long as the handshake is not over. */
    @Override
    public int unsentBytes() {
        return tls.unsentBytes();
    }

    @Override
    public boolean finish() throws IOException {
        state = State.CLOSED;
        return tls.finish();
    }

    @Override
    public boolean isLostBy(IOException cause) {
        return !(cause instanceof SSLException);
    }

    @Override
    public Duration lingerTimeout() {
        return lingerTimeout;
    }

    /**
     * Closes the transport. Before that it sends unsent bytes and {@code close_notify}, as far as the transport takes
     * them at once. If a dispatcher closes instead, the loop gives them {@linkplain #setLingerTimeout time}.
     */
    @Override
    public void close() throws IOException {
        try {
            if (isOpen()) {
                finish();
            }
        } catch (IOException e) {
            // the connection is lost already, and it is closed in any case
        } finally {
            tls.drop();
            transport.close();
        }
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void checkConnected() throws IOException {
        checkOpen();
        if (state != State.CONNECTED) {
            tls.checkFailure();
            throw new NotYetConnectedException();
        }
    }

    @Override
    public String toString() {
        return "tls over " + transport;
    }
}
