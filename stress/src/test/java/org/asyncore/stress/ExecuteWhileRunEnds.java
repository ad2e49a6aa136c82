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

/** Is a task run once if {@code run()} ends meanwhile, because it has nothing to do? */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "this run took the task")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the next run took the task")
@Outcome(expect = FORBIDDEN, desc = "the task was lost, or ran twice")
@State
public class ExecuteWhileRunEnds {
    private final StressedLoop stressed = StressedLoop.idle();
    private int runs;

    @Actor
    public void run() {
        stressed.loop.run();
    }

    @Actor
    public void execute() {
        stressed.loop.execute((Runnable) () -> runs++);
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = runs;
        stressed.loop.run();
        result.r2 = runs;
        stressed.release();
    }
}
