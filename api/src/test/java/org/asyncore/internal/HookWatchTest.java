// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.asyncore.scripted.LoggedWarnings;
import org.junit.jupiter.api.Test;

/** Tests the watch by looks at given times. The hook is this test, on its own thread. */
final class HookWatchTest {
    private static final long MILLI = 1_000_000;

    private final LoopCounts counts = new LoopCounts();
    private final HookWatch watch = new HookWatch(new LoopThread("loop"), counts, 100 * MILLI);

    private void beginHook() {
        LoopCounts.add(counts.reads, 1);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look(25 * MILLI);
        }
    }

    private long slowHooks() {
        return counts.snapshot().slowHooks();
    }

    @Test
    void hookIsSlowWhenItWasSeenLongerThanTheThreshold() {
        counts.beginServing();
        beginHook();
        look(5); // the first one sees that it has begun
        assertEquals(0, slowHooks());
        look(1);
        assertEquals(1, slowHooks());
    }

    @Test
    void slowHookIsCountedAndNamedOnce() {
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            counts.beginServing();
            beginHook();
            look(20);
            assertEquals(1, slowHooks());
            beginHook();
            look(20);
            assertEquals(2, slowHooks());
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
            assertTrue(warnings.texts().get(0).contains(" has kept the loop for 125 ms"), warnings.texts()::toString);
        }
    }

    @Test
    void manyShortHooksOfOneTurnAreNotSlow() {
        counts.beginServing();
        for (int i = 0; i < 100; i++) {
            beginHook();
            look(2);
        }
        assertEquals(0, slowHooks());
    }

    @Test
    void hooksOfTurnsThatFollowOneAnotherAreNotOne() {
        for (int i = 0; i < 100; i++) {
            counts.beginTurn();
            counts.beginServing();
            look(2);
            counts.endTurn(false);
        }
        assertEquals(0, slowHooks());
    }

    @Test
    void loopThatWaitsHasNoSlowHook() {
        counts.beginTurn();
        counts.beginWait();
        look(20);
        assertEquals(0, slowHooks());
    }

    @Test
    void hookThatRunsTheLoopIsNotSlowWhileTheInnerTurnWaits() {
        counts.beginServing();
        beginHook();
        boolean inHook = counts.beginTurn();
        counts.beginWait();
        look(20);
        counts.beginServing();
        counts.endTurn(inHook);
        look(5);
        assertEquals(0, slowHooks());
        look(1);
        assertEquals(1, slowHooks());
    }

    @Test
    void methodIsTheOutermostOneOfTheProgramAboveTheInnermostTurn() {
        StackTraceElement turn = new StackTraceElement(EventLoop.class.getName(), "turn", "", 1);
        List<StackTraceElement> stack = List.of(
                new StackTraceElement("java.lang.Thread", "sleep", "", 1),
                new StackTraceElement("com.example.Query", "run", "", 1),
                new StackTraceElement("com.example.Echo", "handleRead", "", 1),
                new StackTraceElement("org.asyncore.SocketDispatcher", "handleReadEvent", "", 1),
                turn,
                new StackTraceElement("com.example.Outer", "handleRead", "", 1),
                turn,
                new StackTraceElement("com.example.Main", "main", "", 1));
        assertEquals(
                "handleRead",
                HookStack.methodIn(stack.toArray(new StackTraceElement[0])).getMethodName());
        assertEquals(
                "com.example.Echo",
                HookStack.methodIn(stack.toArray(new StackTraceElement[0])).getClassName());
    }
}
