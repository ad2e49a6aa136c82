// SPDX-License-Identifier: Apache-2.0
package org.asyncore.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Do the tasks of two threads run once each, and those of one thread in the order in which it executed them? */
@JCStressTest
@Outcome(
        id = {"1122", "1212", "1221", "2112", "2121", "2211"},
        expect = ACCEPTABLE,
        desc = "in order")
@Outcome(expect = FORBIDDEN, desc = "out of order, lost or doubled")
@State
public class OrderOfTasks {
    private final StressedLoop stressed = StressedLoop.idle();
    private int order; // the digits of the threads
    private int first; // tasks of the first thread that have run
    private int second;

    /** Appends the digit of a thread, or makes the number negative if its tasks are out of order. */
    private void ran(int thread, boolean inOrder) {
        order = inOrder ? order * 10 + thread : -1_000_000;
    }

    @Actor
    public void one() {
        stressed.loop.execute((Runnable) () -> ran(1, first++ == 0));
        stressed.loop.execute((Runnable) () -> ran(1, first++ == 1));
    }

    @Actor
    public void two() {
        stressed.loop.execute((Runnable) () -> ran(2, second++ == 0));
        stressed.loop.execute((Runnable) () -> ran(2, second++ == 1));
    }

    @Arbiter
    public void end(I_Result result) {
        stressed.loop.run();
        result.r1 = order;
        stressed.release();
    }
}
