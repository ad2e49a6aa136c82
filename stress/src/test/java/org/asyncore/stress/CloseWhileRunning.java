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

/** Is a loop that one thread runs and another one closes either run and not closed, or closed and not run? */
@JCStressTest
@Outcome(
        id = {"0", "1", "2"},
        expect = ACCEPTABLE,
        desc = "one after the other, or one of them was refused")
@Outcome(expect = FORBIDDEN, desc = "both were refused, or something else failed")
@State
public class CloseWhileRunning {
    private static final int CANNOT_RUN = 1;
    private static final int CANNOT_CLOSE = 2;

    private final StressedLoop stressed = StressedLoop.kept();
    private int runFailed;
    private int closeFailed;

    @Actor
    public void run() {
        try {
            stressed.sleeps(Integer.MAX_VALUE);
        } catch (IllegalStateException e) {
            runFailed = CANNOT_RUN;
        }
    }

    @Actor
    public void close() {
        try {
            stressed.loop.close();
        } catch (IllegalStateException e) {
            closeFailed = CANNOT_CLOSE;
        }
        stressed.loop.stop();
    }

    @Arbiter
    public void end(I_Result result) {
        result.r1 = runFailed + closeFailed;
        stressed.loop.close();
    }
}
