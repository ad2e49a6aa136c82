// SPDX-License-Identifier: Apache-2.0
package org.asyncore.stress;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.Loop;
import org.asyncore.TimerHandle;
import org.asyncore.spi.Backend;

/** A loop under stress. Its poller is that of {@code asyncore.poller}, or each available one in turn. */
final class StressedLoop {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<Backend> BACKENDS = backends();
    private static final AtomicInteger TURN = new AtomicInteger();
    private static final Queue<StressedLoop> RELEASED =
            new ConcurrentLinkedQueue<>(); // opening one costs more than a try

    final Loop loop =
            Loop.builder().backend(backend()).slowHookThreshold(Duration.ZERO).open();
    private TimerHandle keeper = loop.schedule(Duration.ofDays(1), () -> {});

    private static List<Backend> backends() {
        String chosen = System.getProperty("asyncore.poller");
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> chosen == null || chosen.equals(backend.name()))
                .filter(backend -> backend.unavailabilityCause() == null)
                .toList();
    }

    /** Returns the backends in turn. */
    static Backend backend() {
        return BACKENDS.get(Math.floorMod(TURN.getAndIncrement(), BACKENDS.size()));
    }

    /** Returns a loop whose {@code run} returns if it has nothing to do, for the calling thread. */
    static StressedLoop idle() {
        StressedLoop stressed = kept();
        stressed.keeper.cancel();
        return stressed;
    }

    /** Returns a loop whose {@code run} waits, for the calling thread. */
    static StressedLoop kept() {
        StressedLoop released = RELEASED.poll();
        if (released == null) {
            return new StressedLoop();
        }
        released.loop.run(Duration.ZERO, 0); // takes it over
        released.keeper = released.loop.schedule(Duration.ofDays(1), () -> {});
        released.loop.run(Duration.ZERO, 1); // takes a wakeup that has come late
        return released;
    }

    /** Lets another try use the loop, which must be as it was. */
    void release() {
        loop.run(Duration.ZERO, 0);
        keeper.cancel();
        loop.run();
        RELEASED.add(this);
    }

    /** Runs the loop. Returns true if a turn of it waited in vain, so that a wakeup was lost. */
    boolean sleeps(int turns) {
        long begin = System.nanoTime();
        loop.run(PATIENCE, turns);
        return System.nanoTime() - begin >= PATIENCE.toNanos();
    }

    /** Returns true if the loop accepts the task. */
    boolean accepts(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
