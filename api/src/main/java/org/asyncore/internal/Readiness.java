// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

/** What is known of a channel without asking the poller. */
enum Readiness {
    /** Nothing: the poller tells. */
    POLLED,
    /** There is room to send, until a send falls short; for the rest the poller tells. */
    WRITABLE,
    /** The layer tells, and what its transport is polled for. */
    LAYERED,
    /** Ready for all: a regular file, or a socket without connection, whose next read or write will say so. */
    ALWAYS,
    /** Not to be served for a while. */
    RESTING,
    /** The channel was closed behind its dispatcher, which has still to hear of it. */
    ORPHANED
}
