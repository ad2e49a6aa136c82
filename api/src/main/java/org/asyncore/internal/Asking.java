// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.InterestPolicy;
import org.asyncore.spi.Ops;

/** Asks dispatchers what they wait for: all of them on every turn, or those whose answers may have changed. */
final class Asking {
    /** Gets the exceptions of channels, layers and registrations. */
    interface Failures {
        void failed(SocketMapEntry entry, Throwable cause);
    }

    private final SocketMap sockets;
    private final Failures failures;
    private final boolean everyTurn;
    private final AskQueue queue = new AskQueue(); // empty if all are asked on every turn

    Asking(SocketMap sockets, InterestPolicy policy, Failures failures) {
        this.sockets = sockets;
        this.failures = failures;
        everyTurn = policy == InterestPolicy.EVERY_TURN;
    }

    /** Asks a dispatcher again, because its answers may have changed. */
    void changed(SocketMapEntry entry) {
        if (!everyTurn && !entry.inAskQueue) {
            entry.inAskQueue = true;
            queue.add(entry);
        }
    }

    /** Returns true if a dispatcher has still to be asked. */
    boolean isPending() {
        return !queue.isEmpty();
    }

    void ask() {
        if (everyTurn) {
            for (int slot = 0, end = sockets.end(); slot < end; slot++) {
                SocketMapEntry entry = sockets.at(slot);
                if (entry != null) {
                    ask(entry);
                }
            }
        } else {
            askChanged();
        }
    }

    /**
     * If {@code readable} or {@code writable} throws, the dispatchers not yet asked stay queued, and the one that threw
     * is queued again. A dispatcher that is added meanwhile is asked in the next turn.
     */
    private void askChanged() {
        long mark = queue.mark();
        for (SocketMapEntry entry = queue.take(mark); entry != null; entry = queue.take(mark)) {
            boolean answered = false;
            try {
                if (entry.isMember()) {
                    ask(entry);
                }
                answered = true;
            } finally {
                entry.inAskQueue = false;
                if (!answered) {
                    changed(entry);
                }
            }
        }
    }

    private void ask(SocketMapEntry entry) {
        Ops wanted = entry.ask();
        if (entry.isMember()) { // else readable or writable closed it
            try {
                entry.await(wanted);
            } catch (Exception | Error e) {
                failures.failed(entry, e);
            }
        }
    }
}
