// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;
import org.jspecify.annotations.Nullable;

/** Fails a handshake that takes too long. It runs while a dispatcher is in a loop, and restarts in the next loop. */
final class HandshakeTimer {
    private static final Duration DEFAULT = Duration.ofSeconds(10);

    private final BiConsumer<Dispatcher, Duration> onExpiry;
    private Duration timeout = DEFAULT; // zero for no limit
    private @Nullable Loop loop; // null unless the dispatcher is in it
    private @Nullable Dispatcher user; // null unless it is in the loop
    private @Nullable TimerHandle timer; // null unless it is pending

    HandshakeTimer(BiConsumer<Dispatcher, Duration> onExpiry) {
        this.onExpiry = onExpiry;
    }

    /** Sets the timeout; a pending timer begins again. */
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

    /** Starts the timer, from the beginning if it is pending. */
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
            onExpiry.accept(user, timeout);
        }
    }
}
