// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import org.slf4j.Logger;

/** What is wrong with a peer: the first thing is worth a line in the log, and the others are not. */
final class PeerWarnings {
    private final Logger log;
    private final String peer;
    private boolean made;

    PeerWarnings(Logger log, String peer) {
        this.log = log;
        this.peer = peer;
    }

    void add(String what) {
        if (made) {
            log.debug("{} {}", peer, what);
        } else {
            made = true;
            log.warn("{} {}", peer, what);
        }
    }
}
