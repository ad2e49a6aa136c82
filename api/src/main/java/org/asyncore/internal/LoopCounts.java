// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.concurrent.atomic.AtomicLong;
import org.asyncore.LoopStatistics;

/**
 * Counts the work of a loop. The loop's thread writes, and any thread reads. Writes are opaque: they cost as much as
 * plain ones, and a reader sees each of them whole and in time.
 */
final class LoopCounts {
    final AtomicLong turns = new AtomicLong();
    final AtomicLong reads = new AtomicLong();
    final AtomicLong writes = new AtomicLong();
    final AtomicLong urgents = new AtomicLong();
    final AtomicLong tasks = new AtomicLong();
    final AtomicLong timers = new AtomicLong();
    final AtomicLong others = new AtomicLong(); // hooks of a shutdown, and layers that linger
    final AtomicLong dispatchers = new AtomicLong();
    final AtomicLong queuedBytes = new AtomicLong();
    final AtomicLong receivedBytes = new AtomicLong();
    final AtomicLong sentBytes = new AtomicLong();
    final AtomicLong slowHooks = new AtomicLong(); // the watch writes it

    private final AtomicLong waits = new AtomicLong();
    private final Stopwatch waiting = new Stopwatch();
    private final Stopwatch serving = new Stopwatch();
    private final AtomicLong longestNanos = new AtomicLong();

    /** Adds to a count. Only the thread that writes this count. */
    static void add(AtomicLong count, long n) {
        count.setOpaque(count.getPlain() + n);
    }

    /** Begins a turn. Returns true if a hook of an outer turn runs it; its time is not counted meanwhile. */
    boolean beginTurn() {
        add(turns, 1);
        boolean inHook = serving.isRunning();
        if (inHook) {
            endTurn(false);
        }
        return inHook;
    }

    void beginWait() {
        add(waits, 1);
        waiting.start(System.nanoTime());
    }

    /** Ends a wait that no turn follows. */
    void endWait() {
        waiting.stop(System.nanoTime());
    }

    /** Ends the wait of a turn, if it had one, and begins to serve. */
    void beginServing() {
        long now = System.nanoTime();
        waiting.stop(now);
        serving.start(now);
    }

    /**
     * Ends a turn, or the time that it has served before a hook runs another one.
     *
     * @param inHook true if a hook has run the turn, so that the outer turn goes on to serve
     */
    void endTurn(boolean inHook) {
        long now = System.nanoTime();
        waiting.stop(now);
        long nanos = serving.stop(now);
        if (nanos > longestNanos.getPlain()) {
            longestNanos.setOpaque(nanos);
        }
        if (inHook) {
            serving.start(now);
        }
    }

    /**
     * Returns a number for the hook, task or timer under way, or -1 if there is none. A later one has a greater number.
     * Any thread.
     */
    long underWay() {
        if (!serving.isRunning()) {
            return -1;
        }
        return turns.getOpaque() + calls();
    }

    /** Returns how many hooks, tasks and timers were ever called. Any thread. */
    long calls() {
        return reads.getOpaque()
                + writes.getOpaque()
                + urgents.getOpaque()
                + tasks.getOpaque()
                + timers.getOpaque()
                + others.getOpaque();
    }

    /** Returns the values of now. Any thread. */
    LoopStatistics snapshot() {
        return new LoopSnapshot(
                turns.getOpaque(),
                reads.getOpaque(),
                writes.getOpaque(),
                urgents.getOpaque(),
                tasks.getOpaque(),
                timers.getOpaque(),
                waits.getOpaque(),
                waiting.nanos(),
                serving.nanos(),
                longestNanos.getOpaque(),
                slowHooks.getOpaque(),
                (int) dispatchers.getOpaque(),
                queuedBytes.getOpaque(),
                receivedBytes.getOpaque(),
                sentBytes.getOpaque());
    }
}
