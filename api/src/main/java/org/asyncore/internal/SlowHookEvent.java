// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** An event of the flight recorder: a hook has kept its loop. */
@Name("org.asyncore.SlowHook")
@Label("Slow Hook")
@Description("A hook, task or timer that keeps its loop longer than the threshold")
@Category("asyncore")
@StackTrace(false) // the watch commits it, so the stack is a field
final class SlowHookEvent extends Event {
    @Label("Loop")
    @Nullable
    String loop;

    @Label("Loop Thread")
    @Nullable
    Thread loopThread;

    @Label("Hook")
    @Nullable
    String hook;

    @Label("Time So Far")
    @Timespan(Timespan.NANOSECONDS)
    long time;

    @Label("Stack")
    @Nullable
    String stack;
}
