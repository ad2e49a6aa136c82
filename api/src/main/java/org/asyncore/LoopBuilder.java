// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.asyncore.internal.Backends;
import org.asyncore.internal.EventLoop;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Loop} before it is opened. One thread. */
public final class LoopBuilder {
    private @Nullable Backend backend;
    private @Nullable String poller = System.getProperty("asyncore.poller");
    private InterestPolicy interestPolicy = InterestPolicy.EVERY_TURN;
    private String name = "loop";
    private Duration busyPoll = Duration.ZERO;
    private LongSupplier clock = System::nanoTime;

    LoopBuilder() {}

    /**
     * Chooses the poller by name; otherwise the system property {@code asyncore.poller} does, or else the best available.
     *
     * @param poller {@code nio}, {@code epoll}, {@code kqueue}
     */
    public LoopBuilder poller(String poller) {
        this.poller = requireNonNull(poller, "poller");
        return this;
    }

    /** Uses this backend, found or not: one of your own, or one that wraps another. */
    public LoopBuilder backend(Backend backend) {
        this.backend = requireNonNull(backend, "backend");
        return this;
    }

    /** When dispatchers are asked what they wait for; {@link InterestPolicy#EVERY_TURN} if not said. */
    public LoopBuilder interestPolicy(InterestPolicy policy) {
        this.interestPolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** A name for messages; {@code loop} if not said. */
    public LoopBuilder name(String name) {
        this.name = requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets how long each wait polls without blocking before it blocks; by default not at all. The latency falls, and the
     * whole of one core is used.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public LoopBuilder busyPoll(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("negative time to poll: " + time);
        }
        this.busyPoll = time;
        return this;
    }

    /**
     * Where timers read the time, for tests.
     *
     * @param nanos nanoseconds that never go back, like {@link System#nanoTime}, which is used if not said
     */
    public LoopBuilder clock(LongSupplier nanos) {
        this.clock = requireNonNull(nanos, "nanos");
        return this;
    }

    /** Opens the loop; exceptions as for {@link Loop#open()}. */
    public Loop open() {
        Backend chosen = backend != null ? backend : Backends.choose(poller);
        try {
            return new EventLoop(chosen, chosen.openPoller(), interestPolicy, name, busyPoll, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a poller of " + chosen.name() + ": " + e.getMessage(), e);
        }
    }
}
