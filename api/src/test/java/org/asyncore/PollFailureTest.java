// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedDispatcher;
import org.asyncore.scripted.ScriptedPoller;
import org.asyncore.scripted.ScriptedStream;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what a loop does when {@link org.asyncore.spi.Poller#poll} throws. */
final class PollFailureTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedBackend backend = new ScriptedBackend();
    private final ScriptedPoller poller = backend.poller;
    private final List<String> log = new ArrayList<>();
    private final IOException failure = new IOException("by the test");
    private final ScriptedStream a = new ScriptedStream("a");
    private Loop loop = backend.open(InterestPolicy.EVERY_TURN);

    @AfterEach
    void close() {
        loop.close();
    }

    private void join(InterestPolicy policy) {
        loop.close();
        loop = backend.open(policy);
        loop.add(new ScriptedDispatcher("a", log), a);
    }

    /** Lets the next poll do this and fail, and runs a turn. */
    private UncheckedIOException fail(Runnable before) {
        poller.then(() -> {
            before.run();
            throw failure;
        });
        return assertThrows(UncheckedIOException.class, () -> loop.run(SECOND, 1));
    }

    @Test
    void exceptionNamesTheLoopAndHasTheCause() {
        join(InterestPolicy.EVERY_TURN);
        UncheckedIOException e = fail(() -> {});
        assertEquals("the poller of loop (scripted) failed: by the test", e.getMessage());
        assertSame(failure, e.getCause());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsClosedAndTheNextRunPollsAgain(InterestPolicy policy) {
        join(policy);
        fail(() -> {});
        assertTrue(a.isOpen());
        poller.then(() -> poller.report(a, Ops.READ));
        loop.run(SECOND, 1);
        assertEquals(List.of("a read"), log);
    }

    @ParameterizedTest
    @EnumSource
    void readinessOfAFailedPollIsServedOnlyWhenItIsReportedAgain(InterestPolicy policy) {
        join(policy);
        fail(() -> poller.report(a, Ops.READ_WRITE));
        loop.run(SECOND, 1);
        assertEquals(List.of(), log);
        poller.then(() -> poller.report(a, Ops.READ_WRITE));
        loop.run(SECOND, 1);
        assertEquals(List.of("a read", "a write"), log);
    }

    @ParameterizedTest
    @EnumSource
    void channelThatAFailedPollReportedClosedIsReportedByTheNextRun(InterestPolicy policy) throws IOException {
        join(policy);
        loop.run(SECOND, 1);
        a.close();
        fail(() -> poller.reportClosed(a));
        loop.run(SECOND, 1);
        assertEquals(1, log.size(), log::toString);
        assertTrue(log.get(0).startsWith("a error the channel of a was closed"), log::toString);
        assertTrue(loop.dispatchers().isEmpty());
    }

    @Test
    void tasksAndTimersStayQueued() {
        join(InterestPolicy.EVERY_TURN);
        loop.execute(() -> log.add("task"));
        loop.schedule(Duration.ZERO, () -> log.add("timer"));
        fail(() -> {});
        assertEquals(List.of(), log);
        loop.run(SECOND, 1);
        assertEquals(List.of("task", "timer"), log);
    }

    @Test
    void uncheckedExceptionLeavesRunAsItIs() {
        join(InterestPolicy.EVERY_TURN);
        IllegalStateException unchecked = new IllegalStateException("by the test");
        poller.then(() -> {
            poller.report(a, Ops.READ);
            throw unchecked;
        });
        assertSame(unchecked, assertThrows(IllegalStateException.class, () -> loop.run(SECOND, 1)));
        loop.run(SECOND, 1);
        assertEquals(List.of(), log);
        assertTrue(a.isOpen());
    }
}
