// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

/** Says where the loop learns that a channel is ready. */
enum ReadinessSource {
    /** From the poller. */
    POLLER,
    /** There is room to send, until a send falls short. Everything else is learned from the poller. */
    PRESUMED_WRITABLE,
    /** From the layer, which says what its transport is polled for. */
    LAYER,
    /** The channel is always ready: a regular file, or a socket without a connection, whose next read or write fails. */
    ALWAYS,
    /** The listener is not served for a while. */
    RESTING,
    /** The channel was closed by others, and its dispatcher has not been told yet. */
    CLOSED_BY_OTHERS
}
