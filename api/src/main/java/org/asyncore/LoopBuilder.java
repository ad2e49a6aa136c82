// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.asyncore.internal.Backends;
import org.asyncore.internal.EventLoop;
import org.asyncore.internal.LoopSettings;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link Loop} and opens it. For use by one thread. */
public final class LoopBuilder {
    private @Nullable Backend backend;
    private @Nullable String poller = System.getProperty("asyncore.poller");
    private InterestPolicy interestPolicy = InterestPolicy.EVERY_TURN;
    private String name = "loop";
    private Duration busyPoll = Duration.ZERO;
    private Duration slowHook = Duration.ofMillis(Math.max(0, Long.getLong("asyncore.slowHookMillis", 100)));
    private HostResolver resolver = host -> List.of(InetAddress.getAllByName(host));
    private LongSupplier clock = System::nanoTime;

    LoopBuilder() {}

    /**
     * Chooses the poller by name. By default the system property {@code asyncore.poller} does, or else the best
     * available one is used.
     *
     * @param poller {@code nio}, {@code epoll} or {@code kqueue}
     */
    public LoopBuilder poller(String poller) {
        this.poller = requireNonNull(poller, "poller");
        return this;
    }

    /**
     * Sets the backend, instead of choosing one by name: one of your own, or one that wraps another. It need not be
     * installed as a provider.
     */
    public LoopBuilder backend(Backend backend) {
        this.backend = requireNonNull(backend, "backend");
        return this;
    }

    /** Sets when dispatchers are asked what they wait for; {@link InterestPolicy#EVERY_TURN} by default. */
    public LoopBuilder interestPolicy(InterestPolicy policy) {
        this.interestPolicy = requireNonNull(policy, "policy");
        return this;
    }

    /** Sets the loop's name in messages; {@code loop} by default. */
    public LoopBuilder name(String name) {
        this.name = requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets how long each wait polls without blocking before it blocks; by default not at all. This lowers the latency,
     * and uses one whole core.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public LoopBuilder busyPoll(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("negative time to busy-poll: " + time);
        }
        this.busyPoll = time;
        return this;
    }

    /**
     * Sets how long a hook, task or timer may keep its loop until a warning names it. The
     * warning shows the method, and the stack of the loop's thread at that moment. Each class is named once for each
     * loop. One daemon thread looks at all loops of the JVM, four times in each such time; so a hook that is only a
     * little slower may be overlooked.
     *
     * <p>By default it is 100 ms, or the system property {@code asyncore.slowHookMillis}.
     *
     * @param threshold zero switches the warning off, and then no thread looks at the loop
     * @throws IllegalArgumentException if the time is negative
     */
    public LoopBuilder slowHookThreshold(Duration threshold) {
        if (threshold.isNegative()) {
            throw new IllegalArgumentException("negative threshold of slow hooks: " + threshold);
        }
        this.slowHook = threshold;
        return this;
    }

    /**
     * Sets the resolver of {@link SocketDispatcher#connect(String, int)}. The default is the JDK's
     * {@link InetAddress#getAllByName}, which asks the system and keeps answers for a while.
     */
    public LoopBuilder hostResolver(HostResolver resolver) {
        this.resolver = requireNonNull(resolver, "resolver");
        return this;
    }

    /**
     * Sets the clock of the timers, for tests.
     *
     * @param nanos returns nanoseconds that never decrease; {@link System#nanoTime} by default
     */
    public LoopBuilder clock(LongSupplier nanos) {
        this.clock = requireNonNull(nanos, "nanos");
        return this;
    }

    /** Opens the loop; exceptions as for {@link Loop#open()}. */
    public Loop open() {
        return open(name);
    }

    /**
     * Opens a group of loops, which have the same settings, and the name of this builder with a number; exceptions as for
     * {@link Loop#open()}.
     *
     * @throws IllegalArgumentException if the number of loops is not positive
     */
    public LoopGroup openGroup(int loops) {
        if (loops < 1) {
            throw new IllegalArgumentException("not a number of loops: " + loops);
        }
        List<EventLoop> opened = new ArrayList<>();
        List<String> names =
                IntStream.range(0, loops).mapToObj(i -> name + "-" + i).toList();
        boolean complete = false;
        try {
            names.forEach(each -> opened.add(open(each)));
            complete = true;
            return new LoopGroup(opened, names);
        } finally {
            if (!complete) {
                opened.forEach(Loop::close);
            }
        }
    }

    private EventLoop open(String name) {
        Backend chosen = backend != null ? backend : Backends.choose(poller);
        try {
            LoopSettings settings = new LoopSettings(name, interestPolicy, busyPoll, slowHook, resolver, clock);
            return new EventLoop(chosen, chosen.openPoller(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a poller of " + chosen.name() + ": " + e.getMessage(), e);
        }
    }
}
