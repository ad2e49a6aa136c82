// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

/** A kind of fault. Each one can really happen on some system, and the contract of pollers and channels allows it. */
public enum Fault {
    /** A read returns fewer bytes than are there. */
    SHORT_READ(300, false),
    /** A write takes fewer bytes than there is room for. */
    SHORT_WRITE(300, false),
    /** A read, write, receive or send moves nothing, although it could. */
    WOULD_BLOCK(200, false),
    /** A poll does not wait, and reports a channel that is not ready. */
    SPURIOUS_READINESS(150, false),
    /** A poll reports reading and writing in two reports, in any order, as kqueue does. */
    SPLIT_READINESS(500, false),
    /** A poll reports a channel twice. */
    REPEATED_READINESS(100, false),
    /** A poll reports channels in any order. */
    REORDERED_READINESS(500, false),
    /** Something wakes the poller before or after a poll, so that this one or the next does not wait. */
    WAKEUP(100, false),
    /** A connection that is established is reported as still under way. */
    SLOW_CONNECT(400, false),
    /** A listener that is ready has no connection to accept yet. */
    SLOW_ACCEPT(300, false),
    /** A listener finds that no descriptor is left. */
    TOO_MANY_OPEN_FILES(50, false),
    /** A connection attempt is refused, at once or later. */
    REFUSED_CONNECT(100, true),
    /** A connection is reset in the middle of a read or write, or before it is accepted. */
    RESET(3, true),
    /** A socket cannot be opened, or fails after it was opened. */
    FAILED_OPEN(50, true);

    final int perMille;

    /** True if the fault ends a connection. */
    final boolean cuts;

    Fault(int perMille, boolean cuts) {
        this.perMille = perMille;
        this.cuts = cuts;
    }
}
