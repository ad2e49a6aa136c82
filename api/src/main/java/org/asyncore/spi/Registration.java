// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

/** A channel's entry in a {@link Poller}. Belongs to the polling thread, which uses it between two polls only. */
public interface Registration {
    /**
     * Sets the operations that the channel waits for, from the next poll on. A new registration waits for
     * {@link Ops#NONE}.
     *
     * @throws java.io.UncheckedIOException if the system refuses to wait for this channel
     * @throws IllegalStateException if the registration is cancelled or its poller closed
     */
    void interest(Ops ops);

    /**
     * Ends the registration. Its handler is not called again. The channel stays open; to close it, cancel first.
     * Cancelling twice does nothing.
     */
    void cancel();
}
