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

/** Does a task that is executed while the loop goes to sleep wake it? */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the task ran at once")
@Outcome(expect = FORBIDDEN, desc = "the loop slept though it had a task, or lost it")
@State
public class ExecuteWhileFallingAsleep {
    private final StressedLoop stressed = StressedLoop.kept();
    private int runs;
    private boolean slept;

    @Actor
    public void run() {
        slept = stressed.sleeps(Integer.MAX_VALUE);
    }

    @Actor
    public void execute() {
        stressed.loop.execute((Runnable) () -> {
            runs++;
            stressed.loop.stop();
        });
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = runs;
        result.r2 = slept ? 1 : 0;
        stressed.release();
    }
}
