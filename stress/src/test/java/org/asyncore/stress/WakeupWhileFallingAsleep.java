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

/** Does {@code wakeup()} end the wait of a turn, or of the next one? */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "the turn ended")
@Outcome(expect = FORBIDDEN, desc = "the wakeup was lost")
@State
public class WakeupWhileFallingAsleep {
    private final StressedLoop stressed = StressedLoop.kept();
    private boolean slept;

    @Actor
    public void run() {
        slept = stressed.sleeps(1);
    }

    @Actor
    public void wakeup() {
        stressed.loop.wakeup();
    }

    @Arbiter
    public void end(I_Result result) {
        result.r1 = slept ? 1 : 0;
        stressed.release();
    }
}
