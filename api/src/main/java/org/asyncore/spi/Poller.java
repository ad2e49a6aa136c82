// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channel;

/**
 * Waits until channels are ready: {@code epoll_wait}, {@code kevent}, a {@code Selector}. It is level-triggered: every
 * poll reports a channel for as long as the channel is ready.
 *
 * <p>A poller belongs to one thread, the one that polls; only {@link #wakeup} may be called from others.
 */
public interface Poller extends Closeable {
    /**
     * Registers a channel, which waits for {@link Ops#NONE} at first. A channel is registered at most once at a time.
     *
     * @param channel one that the same {@link Backend} opened; of a {@link org.asyncore.channels.WrappingChannel} the
     *     channel that {@code polled} returns
     * @param handler called by {@link #poll}
     * @throws IOException if the system refuses to wait for the channel. A loop gives it to the dispatcher's
     *     {@code handleError}
     * @throws IllegalArgumentException if the channel is another backend's
     * @throws IllegalStateException if this poller is closed or the channel is registered already
     */
    Registration register(Channel channel, ReadyHandler handler) throws IOException;

    /**
     * Waits until a channel is ready, the time is over, {@link #wakeup} is called or the thread is interrupted, and
     * calls the handlers of the ready channels before it returns. No other method calls a handler. A channel may be
     * reported more than once, or although it is not ready. A handler must not throw; if one does, later reports are
     * undefined.
     *
     * <p>If the system fails to wait, this throws. Handlers may have been called before that, all registrations stay as
     * they are, and a later poll reports again what is still ready. A loop then drops what this poll reported, throws an
     * {@link java.io.UncheckedIOException} out of {@code run()}, and closes nothing; a later {@code run()} polls again.
     * An unchecked exception leaves {@code run()} as it is, with the same effect.
     *
     * @param timeoutNanos how long to wait if nothing is ready, in nanoseconds and never less; 0 does not wait, a
     *     negative number waits without limit
     * @return the number of reports
     * @throws IOException if the system fails to wait
     * @throws IllegalStateException if this poller is closed
     */
    int poll(long timeoutNanos) throws IOException;

    /**
     * Ends the current poll, or the next one if none is waiting now. Several calls before a poll ends count as one. Any
     * thread may call this; on a closed poller it does nothing.
     */
    void wakeup();

    /**
     * Releases what cancelled registrations still hold, because some systems free the port of a closed channel only
     * then. Does not wait, reports nothing, and leaves a pending {@link #wakeup} to the next poll.
     *
     * @throws IllegalStateException if this poller is closed
     */
    void flush() throws IOException;

    /** Cancels all registrations and releases the poller; closes no channel. Closing twice does nothing. */
    @Override
    void close() throws IOException;
}
