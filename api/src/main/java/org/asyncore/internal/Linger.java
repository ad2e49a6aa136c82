// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncore.Dispatcher;
import org.asyncore.TimerHandle;
import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Ops;
import org.asyncore.spi.ReadyHandler;
import org.asyncore.spi.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a layered connection whose dispatcher has closed. It sends what the layer has taken, ends the sending direction,
 * and discards what the peer still sends, until the peer ends too or the time is over. It discards because a socket that
 * closes over unread bytes resets the connection, and then the peer may lose what it has not read yet (RFC 9112, section 9.6).
 * Its timer keeps {@code run()} from returning.
 */
final class Linger implements ReadyHandler {
    private enum State {
        SENDING,
        DISCARDING,
        ENDED
    }

    private final Reactor reactor;
    private final StreamLayer layer;
    private final Dispatcher dispatcher;
    private final @Nullable SocketAddress remote;
    private int unsentBytes; // when last looked at; a layer that has failed has forgotten them
    private State state = State.SENDING;
    private @Nullable Registration registration; // from begin() to end()
    private @Nullable TimerHandle timer; // likewise

    Linger(Reactor reactor, StreamLayer layer, Dispatcher dispatcher) {
        this.reactor = reactor;
        this.layer = layer;
        this.dispatcher = dispatcher;
        remote = remoteOf(layer);
        unsentBytes = layer.unsentBytes();
    }

    private static @Nullable SocketAddress remoteOf(StreamLayer layer) {
        try {
            return layer.getRemoteAddress();
        } catch (IOException e) {
            return null; // closed already
        }
    }

    /** Waits for room to send. */
    void begin() throws IOException {
        unsentBytes = layer.unsentBytes();
        Duration timeout = layer.lingerTimeout();
        if (timeout.isZero()) {
            end("it does not linger");
            return;
        }
        try {
            timer = reactor.loop.schedule(timeout, () -> end("the peer did not take them within " + timeout));
            registration = reactor.poller.register(layer.transport(), this);
            registration.interest(Ops.WRITE);
        } catch (IOException | RuntimeException e) {
            end(e.toString()); // the loop is closed, or the poller refuses
        }
    }

    @Override
    public void ready(Ops ops) {
        reactor.lingering.ready(this);
    }

    /** Goes as far as the transport lets it. */
    void advance() {
        try {
            if (state == State.SENDING && sendsAll()) {
                layer.transport().shutdownOutput();
                state = State.DISCARDING;
                if (registration != null) {
                    registration.interest(Ops.READ);
                }
            }
            if (state == State.DISCARDING && isAtEnd()) {
                end("");
            }
        } catch (IOException | RuntimeException e) {
            end(e.toString());
        }
    }

    private boolean sendsAll() throws IOException {
        unsentBytes = layer.unsentBytes();
        boolean all = layer.finish();
        unsentBytes = layer.unsentBytes();
        return all;
    }

    private boolean isAtEnd() throws IOException {
        ByteBuffer buffer = reactor.loop.lend();
        try {
            return layer.transport().read(buffer) < 0;
        } finally {
            reactor.loop.giveBack(buffer);
        }
    }

    /** Closes the connection, whatever is left. */
    void end(String reason) {
        if (state == State.ENDED) {
            return;
        }
        lose(reason);
        state = State.ENDED;
        reactor.lingering.remove(this);
        if (timer != null) {
            timer.cancel();
        }
        if (registration != null) {
            registration.cancel();
            reactor.cancelled();
        }
        try {
            layer.close();
        } catch (IOException | RuntimeException e) {
            ReactorLoop.LOG.debug("{} failed to close", layer, e); // its descriptor is as free as close(2) makes it
        }
    }

    /** Reports what has not been sent, if there is any. */
    void lose(String reason) {
        if (state == State.SENDING && unsentBytes > 0) {
            ReactorLoop.LOG.warn(
                    "{} has closed, and the last {} bytes that it sent to {} are lost: {}",
                    dispatcher,
                    unsentBytes,
                    remote,
                    reason);
        }
    }
}
