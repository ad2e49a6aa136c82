// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channel;

/**
 * Waits until channels are ready: {@code epoll_wait}, {@code kevent}, a {@code Selector}. Level-triggered: what is ready
 * is reported by every poll while it stays so.
 *
 * <p>A poller belongs to one thread, the one that polls; only {@link #wakeup} may be called from others.
 */
public interface Poller extends Closeable {
    /**
     * Enters a channel, waiting for {@link Ops#NONE} at first. A channel is registered at most once at a time.
     *
     * @param channel one that the same {@link Backend} opened
     * @param handler called by {@link #poll}
     * @throws IllegalArgumentException if the channel is another backend's
     * @throws IllegalStateException if this poller is closed or the channel is registered already
     */
    Registration register(Channel channel, ReadyHandler handler) throws IOException;

    /**
     * Waits until a channel is ready, the time is over, {@link #wakeup} is called or the thread is interrupted, and calls
     * the handlers of the ready channels before it returns. No other method calls a handler. A channel may be reported more
     * than once, or without need. After a handler has thrown, which it must not, it is undefined what is reported.
     *
     * @param timeoutNanos how long to wait at least, in nanoseconds; 0 not at all, negative for ever
     * @return how many reports were made
     * @throws IllegalStateException if this poller is closed
     */
    int poll(long timeoutNanos) throws IOException;

    /**
     * Ends the current poll, or the next one if none is waiting now. Several calls before a poll ends count as one. Any
     * thread may call this; on a closed poller it does nothing.
     */
    void wakeup();

    /**
     * Releases what cancelled registrations still hold, because some systems free the port of a closed channel only then.
     * Does not wait, reports nothing, and leaves a pending {@link #wakeup} to the next poll.
     *
     * @throws IllegalStateException if this poller is closed
     */
    void flush() throws IOException;

    /** Cancels all registrations and releases the poller; closes no channel. Closing twice does nothing. */
    @Override
    void close() throws IOException;
}
