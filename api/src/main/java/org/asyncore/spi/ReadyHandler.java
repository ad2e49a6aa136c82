// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

/**
 * Notes the readiness that a {@link Poller} reports for a registered channel.
 *
 * <p>The poller calls its methods on the polling thread, in the middle of {@link Poller#poll}. They may only note what
 * was reported. They must not throw, and must not call the poller, a registration or a channel; do that after the poll.
 */
public interface ReadyHandler {
    /**
     * Notes that the channel is ready. One poll may call this more than once for a channel, with the same operation or
     * with others.
     *
     * @param ops one or both of the operations that the channel waits for
     */
    void ready(Ops ops);

    /**
     * Notes that urgent (out-of-band) data are pending. If the poller can see urgent data, every poll calls this while
     * they are pending and the interest contains {@link Ops#READ}.
     */
    default void urgent() {}

    /**
     * Notes that the channel was closed while it was registered, because its owner did not cancel first. The
     * registration has ended. The next poll calls this once, whatever the interest was.
     */
    default void closed() {}
}
