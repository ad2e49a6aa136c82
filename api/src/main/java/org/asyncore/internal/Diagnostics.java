// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.InterestPolicy;
import org.jspecify.annotations.Nullable;

/** Watches the turns of a loop, and warns once of each thing that wastes time. */
final class Diagnostics {
    private static final int IDLE_TURNS = 10_000; // turns in a row that count as spinning
    private static final int SAMPLE_MASK = 255; // one turn in 256 is timed
    private static final int SAMPLES = 64; // timed turns for one judgement
    private static final int MANY = 100; // dispatchers; with fewer there is no warning

    private final SocketMap sockets;
    private final boolean asksEveryTurn;
    private boolean progress;
    private boolean warnedOfSpinning;
    private int idleTurns;
    private int readySlot; // a slot that was ready before the wait of this turn, or -1

    private boolean sampling;
    private boolean warnedOfPolicy;
    private int turns;
    private int samples;
    private long beginNanos;
    private long askNanos;
    private long waitBeginNanos;
    private long waitNanos;
    private long busyNanos;

    Diagnostics(SocketMap sockets, InterestPolicy policy) {
        this.sockets = sockets;
        asksEveryTurn = policy == InterestPolicy.EVERY_TURN;
    }

    void beginTurn() {
        progress = false;
        sampling = (++turns & SAMPLE_MASK) == 0 && asksEveryTurn && !warnedOfPolicy;
        if (sampling) {
            beginNanos = System.nanoTime();
        }
    }

    /**
     * Notes that all dispatchers are asked.
     *
     * @param readySlot a slot that is ready, so that the turn does not wait, or -1
     */
    void asked(int readySlot) {
        this.readySlot = readySlot;
        if (sampling) {
            waitBeginNanos = System.nanoTime();
        }
    }

    void waited() {
        if (sampling) {
            waitNanos = System.nanoTime() - waitBeginNanos;
        }
    }

    /** Notes that bytes moved in this turn. */
    void progressed() {
        progress = true;
    }

    void endTurn() {
        if (sampling) {
            sample();
        }
        if (readySlot < 0 || progress) {
            idleTurns = 0;
        } else if (++idleTurns == IDLE_TURNS && !warnedOfSpinning) {
            warnOfSpinning(sockets.at(readySlot));
        }
    }

    private void warnOfSpinning(@Nullable SocketMapEntry entry) {
        idleTurns = 0;
        if (entry != null) {
            warnedOfSpinning = true;
            LoopLog.LOG.warn(
                    "{} is readable() or writable() on every turn, but {} turns moved no byte: the loop spins."
                            + " Return true only when there is something to do",
                    entry.dispatcher,
                    IDLE_TURNS);
        }
    }

    private void sample() {
        askNanos += waitBeginNanos - beginNanos;
        busyNanos += System.nanoTime() - beginNanos - waitNanos;
        if (++samples % SAMPLES == 0) {
            if (askNanos * 2 > busyNanos && sockets.size() >= MANY) {
                warnedOfPolicy = true;
                LoopLog.LOG.warn(
                        "asking {} dispatchers whether they are readable() and writable() takes {} % of this loop's own"
                                + " time; InterestPolicy.ON_CHANGE would ask only the active ones",
                        sockets.size(), askNanos * 100 / busyNanos);
            }
            askNanos = 0;
            busyNanos = 0;
        }
    }
}
