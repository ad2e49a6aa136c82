// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import org.slf4j.Logger;

/** Logs what a peer does wrong: the first time as a warning, later times for debugging only. */
final class PeerWarnings {
    private final Logger log;
    private final String peer;
    private boolean warned;

    PeerWarnings(Logger log, String peer) {
        this.log = log;
        this.peer = peer;
    }

    void add(String what) {
        if (warned) {
            log.debug("{} {}", peer, what);
        } else {
            warned = true;
            log.warn("{} {}", peer, what);
        }
    }
}
