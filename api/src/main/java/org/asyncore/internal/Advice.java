// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.InterestPolicy;
import org.jspecify.annotations.Nullable;

/** Watches the turns of a loop for what wastes time, and says each thing once. */
final class Advice {
    private static final int IDLE_TURNS = 10_000; // in a row, before they count as spinning
    private static final int SAMPLE_MASK = 255; // one turn in 256 is timed
    private static final int SAMPLES = 64; // timed turns make a judgement
    private static final int MANY = 100; // dispatchers; asking fewer is never worth a word

    private final Members members;
    private final boolean asksEveryTurn;
    private boolean progress;
    private boolean spinTold;
    private int idleTurns;

    private boolean sampling;
    private boolean policyTold;
    private int turns;
    private int samples;
    private long beginNanos;
    private long askNanos;
    private long waitBeginNanos;
    private long waitNanos;
    private long busyNanos;

    Advice(Members members, InterestPolicy policy) {
        this.members = members;
        asksEveryTurn = policy == InterestPolicy.EVERY_TURN;
    }

    void beginTurn() {
        progress = false;
        sampling = (++turns & SAMPLE_MASK) == 0 && asksEveryTurn && !policyTold;
        if (sampling) {
            beginNanos = System.nanoTime();
        }
    }

    void asked() {
        if (sampling) {
            waitBeginNanos = System.nanoTime();
        }
    }

    void waited() {
        if (sampling) {
            waitNanos = System.nanoTime() - waitBeginNanos;
        }
    }

    /** Bytes moved in this turn. */
    void progressed() {
        progress = true;
    }

    /**
     * Ends a turn.
     *
     * @param known a slot for whose sake the loop did not wait, or -1
     */
    void endTurn(int known) {
        if (sampling) {
            sample();
        }
        if (known < 0 || progress) {
            idleTurns = 0;
        } else if (++idleTurns == IDLE_TURNS && !spinTold) {
            adviseOnSpinning(members.at(known));
        }
    }

    private void adviseOnSpinning(@Nullable Member member) {
        idleTurns = 0;
        if (member != null) {
            spinTold = true;
            ReactorLoop.LOG.warn(
                    "{} is readable() or writable() on every turn, but {} turns moved no byte: the loop spins."
                            + " Let it answer true only when it has something to do",
                    member.dispatcher,
                    IDLE_TURNS);
        }
    }

    private void sample() {
        askNanos += waitBeginNanos - beginNanos;
        busyNanos += System.nanoTime() - beginNanos - waitNanos;
        if (++samples % SAMPLES == 0) {
            if (askNanos * 2 > busyNanos && members.size() >= MANY) {
                policyTold = true;
                ReactorLoop.LOG.warn(
                        "asking {} dispatchers whether they are readable() and writable() takes {} % of this loop's own"
                                + " time; InterestPolicy.ON_CHANGE would ask only the active ones",
                        members.size(), askNanos * 100 / busyNanos);
            }
            askNanos = 0;
            busyNanos = 0;
        }
    }
}
