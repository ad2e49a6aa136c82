// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.nio.channels.Channel;

/**
 * A channel over another channel. It has no readiness of its own: in its place the channel below is polled.
 *
 * <p>A loop accepts such a channel wherever it accepts the one below. Extend {@link ForwardingStreamChannel} or one of
 * its sisters to count, limit or change the bytes of a channel. A stream that reads and writes for itself, as TLS does,
 * is a {@link StreamLayer}.
 */
public interface WrappingChannel extends Channel {
    /** Returns the channel below, always the same one. */
    Channel wrapped();

    /**
     * Returns the channel that a {@link org.asyncore.spi.Poller} registers for the given one: the innermost channel, or
     * the given one if it wraps no other.
     */
    static Channel polled(Channel channel) {
        Channel polled = channel;
        while (polled instanceof WrappingChannel wrapping) {
            polled = wrapping.wrapped();
        }
        return polled;
    }
}
