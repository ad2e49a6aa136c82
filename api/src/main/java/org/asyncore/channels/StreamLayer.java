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
 * A stream over another stream, as TLS is over TCP. It does I/O of its own on its transport: it may have to write before
 * it can read, and may hold bytes that its transport has given already. So the loop polls the transport for what the
 * layer says, tells the layer when the transport is ready, and its user when the layer is.
 *
 * <p>All methods belong to the loop's thread, and none waits. Nothing is thrown by those below: a layer that has failed is
 * ready for all, and its next {@code read}, {@code write} or {@code finishConnect} tells why.
 */
public interface StreamLayer extends StreamChannel {
    /** The stream below, which is the one that a {@link org.asyncore.spi.Poller} knows; not a layer itself. */
    StreamChannel transport();

    /**
     * What the transport has to be polled for, asked before each wait.
     *
     * @param wanted what the user waits for; the layer adds what it needs for itself, if only to finish a handshake
     */
    Ops interest(Ops wanted);

    /**
     * Whether {@link #advance} would make something of {@code wanted} come true, or get further itself, though the
     * transport has nothing new to say.
     */
    boolean isReady(Ops wanted);

    /**
     * Does what the layer has to do for itself.
     *
     * @param ready what the transport is ready for, possibly nothing
     * @return what the user may try now
     */
    Ops advance(Ops ready);

    /**
     * Notes that a dispatcher over this layer has joined a loop. A layer may set timers there. What one of them finds wrong
     * goes to {@link Dispatcher#handleError}.
     */
    default void joined(Loop loop, Dispatcher user) {}

    /** Notes that the dispatcher has left the loop: timers that are still pending have to be cancelled. */
    default void left() {}

    /**
     * Returns whether an exception of this layer's methods means that the connection is lost, so that the user's
     * {@code handleClose} is called. If not, the exception is the user's to handle: the peer sent wrong bytes, for one.
     */
    default boolean isLostBy(IOException cause) {
        return true;
    }

    // Its end.

    /** The bytes that the layer has taken from its user, in the layer's own form, and its transport has not taken yet. */
    default int unsentBytes() {
        return 0;
    }

    /**
     * Ends the layer for its user, who finds it closed, and sends what it has taken and its own goodbye. A loop calls this when
     * the dispatcher closes. If something has to wait, the loop lets the layer linger: it calls this again whenever the
     * transport is writable, until all is sent or {@link #lingerTimeout} is over. Then it calls {@link #close}.
     *
     * @return whether nothing waits any more
     * @throws IOException if the transport is lost, and what waits with it
     */
    default boolean finish() throws IOException {
        return true;
    }

    /** How long a loop lets this layer linger after its dispatcher has closed; zero not at all. */
    default Duration lingerTimeout() {
        return Duration.ZERO;
    }

    /** Closes the transport too. What waits to be sent is lost. */
    @Override
    void close() throws IOException;

    // What is the transport's, unless a layer knows better.

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
