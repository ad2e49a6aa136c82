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

/** Does a thread that calls a loop while it is being closed get no exception? */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "the calls did nothing, or ended nothing")
@Outcome(expect = FORBIDDEN, desc = "a call failed")
@State
public class WakeupWhileClosing {
    private final StressedLoop stressed = StressedLoop.kept();
    private int failures;

    @Actor
    public void close() {
        stressed.loop.close();
    }

    @Actor
    public void wakeup() {
        try {
            stressed.loop.wakeup();
            stressed.loop.stop();
            stressed.loop.statistics();
            stressed.loop.wakeup();
        } catch (RuntimeException e) {
            failures++;
        }
    }

    @Arbiter
    public void end(I_Result result) {
        result.r1 = failures;
    }
}
