// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

/** The source from which the loop learns that a channel is ready. */
enum ReadinessSource {
    /** The poller. */
    POLLER,
    /** The loop presumes that there is room to send, until a send falls short. The poller reports everything else. */
    PRESUMED_WRITABLE,
    /** The layer, which decides what its transport is polled for. */
    LAYER,
    /**
     * None: the channel is always ready, as a regular file, or a socket without a connection, whose next read or write
     * fails.
     */
    ALWAYS,
    /** The sockets of a {@link HostStream}, which race to the addresses of its host. Its dispatcher is not served yet. */
    ATTEMPTS,
    /** None: the listener is not served for a while. */
    RESTING,
    /** None: the channel was closed, but not by its dispatcher, which does not know yet. */
    CLOSED_BY_OTHERS
}
