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
 * TLS over a stream: a dispatcher over this channel, instead of the stream, speaks TLS.
 *
 * <p>Over a stream that is connected, be it accepted or about to be upgraded, this counts as connected at once; it reads and
 * takes nothing until the handshake is over. Over one that is not, {@link #connect} begins both, and the connection stands
 * once both are done.
 *
 * <p>What is wrong with the peer's TLS is an {@link SSLException}: a handshake that fails, a record that was tampered with, a
 * stream that ends though the peer has not said so. The peer is told first. Other failures are those of the transport.
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
     * A client's. The server has to prove that it is this host, and is told the name. Sessions are resumed where context,
     * host and port are the same.
     *
     * @param transport connected, or to be connected by {@link #connect}
     * @param host a name, or an address if the server's certificate has it
     */
    public static TlsChannel client(StreamChannel transport, SSLContext context, String host, int port) {
        requireNonNull(transport, "transport");
        requireNonNull(context, "context");
        return new TlsChannel(transport, ClientEngine.of(context, requireNonNull(host, "host"), port));
    }

    /** A server's, which asks for no certificate of the client. */
    public static TlsChannel server(StreamChannel transport, SSLContext context) {
        requireNonNull(transport, "transport");
        SSLEngine engine = requireNonNull(context, "context").createSSLEngine();
        engine.setUseClientMode(false);
        return new TlsChannel(transport, engine);
    }

    /**
     * One over an engine made to order: its mode is set, and its {@link SSLEngine#setSSLParameters parameters} say what to
     * offer and to ask for.
     */
    public static TlsChannel over(StreamChannel transport, SSLEngine engine) {
        return new TlsChannel(requireNonNull(transport, "transport"), requireNonNull(engine, "engine"));
    }

    /**
     * Has the long computations of handshakes, about a millisecond each, done by other threads, while the loop goes on.
     * Without this the loop does them. To be called before the handshake begins, as in the dispatcher's constructor.
     *
     * @param user the dispatcher over this channel
     */
    public void runTasksOn(Executor executor, SocketDispatcher user) {
        tls.tasks().runOn(requireNonNull(executor, "executor"), requireNonNull(user, "user"));
    }

    /**
     * Sets how long a handshake may take: 10 seconds unless this says otherwise, from when the transport is connected and a
     * dispatcher over this channel is in a loop. A handshake that takes longer fails by an {@link SSLException}, which goes to
     * {@link Dispatcher#handleError} at once, whatever the dispatcher wants.
     *
     * @param timeout zero for any time
     */
    public void setHandshakeTimeout(Duration timeout) {
        timer.set(checked(timeout));
    }

    /**
     * Sets how long the loop goes on sending what this channel has taken after its dispatcher has closed: 30 seconds unless
     * this says otherwise. What has not been sent then is lost, which the loop logs.
     *
     * @param timeout zero to send only what can be sent at once
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

    /** Whether the handshake is over. Before that nothing can be sent or received. */
    public boolean isEstablished() {
        return tls.isEstablished();
    }

    /** What was agreed with the peer, and the certificates; of no use before the handshake is over. */
    public SSLSession session() {
        return engine.getSession();
    }

    /** The protocol agreed on by ALPN; null if there is none, and before the handshake is over. */
    public @Nullable String applicationProtocol() {
        String protocol = engine.getApplicationProtocol();
        return protocol == null || protocol.isEmpty() ? null : protocol;
    }

    // What the loop asks.

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

    /** Begins to connect the transport. Never true: the handshake is still to come. */
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

    /** {@inheritDoc} What is taken counts, though some of it may still wait to be sent: then it takes nothing more. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        checkConnected();
        return tls.write(source);
    }

    /**
     * Tells the peer that nothing more comes, and ends the sending direction of the transport, as soon as the handshake is
     * over and all is sent. The peer may go on sending; but before TLS 1.3 it has to end its direction, too.
     */
    @Override
    public void shutdownOutput() throws IOException {
        checkConnected();
        tls.shutdownOutput();
    }

    /** The bytes of records that wait to be sent; 0 as long as the handshake is not over. */
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
     * Closes the transport. Before that, it sends what waits and tells the peer that nothing more comes, if the transport takes
     * that at once. A dispatcher that closes gives it the {@linkplain #setLingerTimeout time} to.
     */
    @Override
    public void close() throws IOException {
        try {
            if (isOpen()) {
                finish();
            }
        } catch (IOException e) {
            // lost already: the connection ends anyhow
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

    /** That of the transport, and what this is. */
    @Override
    public String toString() {
        return "tls over " + transport;
    }
}
