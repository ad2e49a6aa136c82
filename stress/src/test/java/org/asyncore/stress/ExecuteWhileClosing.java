// SPDX-License-Identifier: Apache-2.0
package org.asyncore.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Does a loop that is being closed run each task that it accepts, and refuse the others? */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted, and run by close()")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused by RejectedExecutionException")
@Outcome(expect = FORBIDDEN, desc = "an accepted task was lost, or a task ran twice or though it was refused")
@State
public class ExecuteWhileClosing {
    private final StressedLoop stressed = StressedLoop.idle();
    private boolean accepted;
    private int runs;

    @Actor
    public void close() {
        stressed.loop.close();
    }

    @Actor
    public void execute() {
        accepted = stressed.accepts(() -> runs++);
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = accepted ? 1 : 0;
        result.r2 = runs;
    }
}
