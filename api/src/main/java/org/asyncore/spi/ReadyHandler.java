// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

/**
 * Notes what a {@link Poller} reports of a registered channel.
 *
 * <p>The poller calls its methods on the polling thread, in the middle of {@link Poller#poll}. They may only note what was
 * reported. They must not throw, and must not call the poller, a registration or a channel: that is for after the poll.
 */
public interface ReadyHandler {
    /**
     * Notes that the channel is ready. One poll may call this more than once for a channel, with the same operation or with
     * others.
     *
     * @param ops the operations that it is ready for, at least one, and all of them in the interest
     */
    void ready(Ops ops);

    /**
     * Notes that urgent (out-of-band) data are pending. Every poll calls this while they are and the interest contains
     * {@link Ops#READ}, if the poller can see urgent data.
     */
    default void urgent() {}

    /**
     * Notes that the channel was closed while it was registered, because its owner did not cancel first. The registration
     * has ended. The next poll calls this once, whatever the interest was.
     */
    default void closed() {}
}
