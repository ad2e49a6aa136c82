// SPDX-License-Identifier: Apache-2.0
package org.asyncore.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Is a task run once if the loop is stopped after it? */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the run took the task before it ended")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the next run took the task")
@Outcome(expect = FORBIDDEN, desc = "the task was lost, or ran twice, or the stop was lost")
@State
public class ExecuteBeforeStop {
    private final StressedLoop stressed = StressedLoop.kept();
    private int runs;
    private boolean slept;

    @Actor
    public void run() {
        slept = stressed.sleeps(Integer.MAX_VALUE);
    }

    @Actor
    public void executeAndStop() {
        stressed.loop.execute((Runnable) () -> runs++);
        stressed.loop.stop();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = slept ? -1 : runs;
        stressed.loop.run(Duration.ZERO, 1);
        result.r2 = runs;
        stressed.release();
    }
}
