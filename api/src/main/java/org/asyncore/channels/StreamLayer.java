// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Set;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;

/**
 * A stream over another stream, as TLS is over TCP. It does I/O of its own on its transport: it may have to write
 * before it can read, and may hold bytes that it has already read from its transport. So the loop polls the transport
 * for the operations that the layer needs, reports the transport's readiness to the layer, and calls the layer's user,
 * a dispatcher, when the layer is.
 *
 * <p>All methods are called on the loop's thread, and none blocks. {@link #interest}, {@link #isReady} and
 * {@link #advance} throw nothing: a layer that has failed is ready for every operation, and its next {@code read},
 * {@code write} or {@code finishConnect} throws the reason.
 */
public interface StreamLayer extends StreamChannel, WrappingChannel {
    /**
     * Returns the stream below, always the same one: a socket or a {@link WrappingChannel} over one. It is not a layer
     * itself.
     */
    StreamChannel transport();

    /** {@inheritDoc} This is the transport. */
    @Override
    default StreamChannel wrapped() {
        return transport();
    }

    /**
     * Returns the operations that the transport has to be polled for. Called before each wait.
     *
     * @param wanted the operations that the user waits for; the layer adds those that it needs itself, for a handshake
     *     for example
     */
    Ops interest(Ops wanted);

    /**
     * Returns true if {@link #advance} can make progress without new readiness of the transport: it can make a
     * {@code wanted} operation possible, or has work of its own to do.
     */
    boolean isReady(Ops wanted);

    /**
     * Does the layer's own work on its transport.
     *
     * @param ready the operations that the transport is ready for, possibly none
     * @return the operations that the user may try now
     */
    Ops advance(Ops ready);

    /**
     * Notes that a dispatcher over this layer has joined a loop. A layer may set timers there. If one of them finds a
     * failure, the layer gives it to {@link Dispatcher#handleError}.
     */
    default void joined(Loop loop, Dispatcher user) {}

    /** Notes that the dispatcher has left the loop. Timers that are still pending have to be cancelled. */
    default void left() {}

    /**
     * Returns true if an exception of this layer's methods means that the connection is lost, so that the user's
     * {@code handleLost} is called. If false, the exception is thrown to the user, for example because the peer sent
     * wrong bytes.
     */
    default boolean isLostBy(IOException cause) {
        return true;
    }

    // Closing.

    /**
     * Returns the number of bytes, in the layer's own form, that the layer has taken from its user and its transport
     * has not taken yet.
     */
    default int unsentBytes() {
        return 0;
    }

    /**
     * Closes the layer for its user, and sends the bytes that it has taken and its own goodbye. A loop calls this when
     * the dispatcher closes. If bytes are left, the loop lets the layer linger: it calls this again whenever the
     * transport is writable, until all is sent or {@link #lingerTimeout} is over. Then it calls {@link #close}.
     *
     * @return true if nothing is left to send
     * @throws IOException if the transport is lost, and the bytes that are left with it
     */
    default boolean finish() throws IOException {
        return true;
    }

    /** Returns how long a loop lets this layer linger after its dispatcher has closed; with zero it does not linger. */
    default Duration lingerTimeout() {
        return Duration.ZERO;
    }

    /** Closes the layer and its transport. Bytes that are not sent yet are lost. */
    @Override
    void close() throws IOException;

    // Delegated to the transport, unless a layer overrides them.

    @Override
    default StreamLayer bind(@Nullable SocketAddress local) throws IOException {
        transport().bind(local);
        return this;
    }

    @Override
    default @Nullable SocketAddress getLocalAddress() throws IOException {
        return transport().getLocalAddress();
    }

    @Override
    default @Nullable SocketAddress getRemoteAddress() throws IOException {
        return transport().getRemoteAddress();
    }

    @Override
    default <T> StreamLayer setOption(SocketOption<T> name, T value) throws IOException {
        transport().setOption(name, value);
        return this;
    }

    @Override
    default <T> T getOption(SocketOption<T> name) throws IOException {
        return transport().getOption(name);
    }

    @Override
    default Set<SocketOption<?>> supportedOptions() {
        return transport().supportedOptions();
    }
}
