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

/** Does a task that sets a timer run once in a loop that is being closed, and the timer never? */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted, run by close(), and the timer was dropped")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
@Outcome(expect = FORBIDDEN, desc = "the task was lost or failed, or the timer ran after the close")
@State
public class ScheduleWhileClosing {
    private final StressedLoop stressed = StressedLoop.idle();
    private boolean accepted;
    private int runs;

    @Actor
    public void close() {
        stressed.loop.close();
    }

    @Actor
    public void schedule() {
        accepted = stressed.accepts(() -> {
            stressed.loop.schedule(Duration.ZERO, () -> {
                runs += 10;
            });
            runs++;
        });
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = accepted ? 1 : 0;
        result.r2 = runs;
    }
}
