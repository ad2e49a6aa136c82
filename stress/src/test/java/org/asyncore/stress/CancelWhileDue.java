// SPDX-License-Identifier: Apache-2.0
package org.asyncore.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.asyncore.TimerHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Does a timer that another thread cancels by a task run at most once, and not after that? */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "it ran first")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "it was cancelled first")
@Outcome(expect = FORBIDDEN, desc = "it ran twice, or after it was cancelled, or the cancellation was lost")
@State
public class CancelWhileDue {
    private final StressedLoop stressed = StressedLoop.idle();
    private int runs;
    private int runsBeforeCancel = -1;
    private final TimerHandle timer = stressed.loop.schedule(Duration.ZERO, () -> {
        runs++;
    });

    @Actor
    public void run() {
        stressed.loop.run();
    }

    @Actor
    public void cancel() {
        stressed.loop.execute((Runnable) () -> {
            timer.cancel();
            runsBeforeCancel = runs;
        });
    }

    @Arbiter
    public void end(II_Result result) {
        stressed.loop.run();
        result.r1 = runs;
        result.r2 = runs - runsBeforeCancel;
        stressed.release();
    }
}
