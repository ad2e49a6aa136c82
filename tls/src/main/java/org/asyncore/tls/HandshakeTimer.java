// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.time.Duration;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;
import org.jspecify.annotations.Nullable;

/** Runs an action if a handshake is not over in time. It runs while a dispatcher is in a loop, and begins again in the next one. */
final class HandshakeTimer {
    private static final Duration USUAL = Duration.ofSeconds(10);

    /** Ends the handshake. */
    interface Action {
        void run(Dispatcher user, Duration timeout);
    }

    private final Action action;
    private Duration timeout = USUAL; // zero: none
    private @Nullable Loop loop; // while a dispatcher is in it
    private @Nullable Dispatcher user; // likewise
    private @Nullable TimerHandle timer; // while it is pending

    HandshakeTimer(Action action) {
        this.action = action;
    }

    /** Sets the time; a timer that is pending begins again. */
    void set(Duration timeout) {
        this.timeout = timeout;
        if (timer != null) {
            start();
        }
    }

    void joined(Loop loop, Dispatcher user) {
        this.loop = loop;
        this.user = user;
    }

    void left() {
        cancel();
        loop = null;
        user = null;
    }

    /** Begins to wait. */
    void start() {
        cancel();
        if (loop != null && !timeout.isZero()) {
            timer = loop.schedule(timeout, this::expire);
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void expire() {
        timer = null;
        if (user != null) {
            action.run(user, timeout);
        }
    }
}
