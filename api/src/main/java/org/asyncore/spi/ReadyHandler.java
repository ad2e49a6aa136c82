// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

/** What a {@link Poller} calls, on the polling thread, when a registered channel is ready. */
public interface ReadyHandler {
    /**
     * The channel is ready.
     *
     * @param ops what for; never {@link Ops#NONE}, never more than the interest
     */
    void ready(Ops ops);

    /**
     * Urgent (out-of-band) data wait; reported while they do and the interest contains {@link Ops#READ}. Only pollers
     * that can see urgent data call this.
     */
    default void urgent() {}

    /**
     * The channel was closed while it was registered: its owner did not cancel first. The registration has ended. The next
     * poll reports this once, whatever the interest was.
     */
    default void closed() {}
}
