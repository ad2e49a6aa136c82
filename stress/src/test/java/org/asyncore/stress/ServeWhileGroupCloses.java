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

/** Is a connection that is handed to a group while that is closed served once or closed, and never left open? */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "served, and closed with its loop")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused and closed")
@Outcome(expect = FORBIDDEN, desc = "left open, or served twice")
@State
public class ServeWhileGroupCloses {
    private final StressedGroup stressed = new StressedGroup();

    @Actor
    public void close() {
        stressed.close();
    }

    @Actor
    public void serve() {
        stressed.serve();
    }

    @Arbiter
    public void end(II_Result result) {
        stressed.awaitEnd();
        result.r1 = stressed.services();
        result.r2 = stressed.leftOpen();
    }
}
