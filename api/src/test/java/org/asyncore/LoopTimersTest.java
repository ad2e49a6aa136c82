// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.scripted.LoggedWarnings;
import org.asyncore.scripted.ScriptedBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests timers with a clock that moves only when the poller waits. */
final class LoopTimersTest {
    private final ScriptedBackend backend = new ScriptedBackend();
    private final List<String> log = new ArrayList<>();
    private final Loop loop = backend.open(InterestPolicy.EVERY_TURN);

    @AfterEach
    void close() {
        loop.close();
    }

    private static Duration seconds(long n) {
        return Duration.ofSeconds(n);
    }

    private TimerHandle schedule(long seconds, String name) {
        return loop.schedule(seconds(seconds), () -> log.add(name + " at " + now()));
    }

    private long now() {
        return Duration.ofNanos(backend.poller.now).toSeconds();
    }

    @Test
    void timersRunInTheOrderOfTheirTimesAndEqualOnesInTheOrderOfTheirStart() {
        for (int second : new int[] {3, 1, 2, 2, 1}) {
            schedule(second, "timer " + second);
        }
        schedule(2, "last");
        loop.run();
        assertEquals(
                List.of("timer 1 at 1", "timer 1 at 1", "timer 2 at 2", "timer 2 at 2", "last at 2", "timer 3 at 3"),
                log);
    }

    @Test
    void dueTimerRunsThoughAnotherIsSetForEver() {
        schedule(1, "due");
        backend.poller.now += seconds(2).toNanos();
        loop.schedule(ChronoUnit.FOREVER.getDuration(), () -> log.add("never"));
        loop.scheduleEvery(Duration.ofNanos(Long.MAX_VALUE), () -> log.add("never"));
        loop.run(Duration.ZERO, 1);
        assertEquals(List.of("due at 2"), log);
    }

    @Test
    void timerSetForEverNeverRunsAtAnyTimeOfTheClock() {
        for (long now : new long[] {Long.MAX_VALUE - 1, Long.MIN_VALUE, -1, 0, 1}) {
            backend.poller.now = now;
            TimerHandle never = loop.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> log.add("never"));
            loop.schedule(Duration.ofNanos(5), () -> log.add("soon"));
            loop.run(Duration.ofNanos(5), 1);
            loop.run(Duration.ZERO, 1);
            assertEquals(List.of("soon"), log, "clock at " + now);
            log.clear();
            never.cancel();
        }
    }

    @Test
    void runReturnsWhileOnlyUnreferencedTimersArePending() {
        loop.schedule(seconds(5), () -> log.add("never")).unref();
        schedule(1, "one");
        loop.run();
        assertEquals(List.of("one at 1"), log);
    }

    @Test
    void timerTaskRestartsItsTimerByItsOwnHandle() {
        loop.schedule(seconds(1), timer -> {
            log.add("at " + now());
            if (log.size() < 3) {
                timer.restart();
            }
        });
        loop.run();
        assertEquals(List.of("at 1", "at 2", "at 3"), log);
    }

    @Test
    void periodicTaskCancelsItsTimerByItsOwnHandle() {
        schedule(9, "end");
        loop.scheduleEvery(seconds(1), timer -> {
            log.add("at " + now());
            timer.cancel();
        });
        loop.run();
        assertEquals(List.of("at 1", "end at 9"), log);
    }

    @Test
    void timerTaskThatThrowsAnIOExceptionIsLoggedWithItsClassAndTheLoopGoesOn() {
        loop.schedule(seconds(1), () -> {
            throw new FileNotFoundException("no such file");
        });
        schedule(2, "two");
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            loop.run();
            assertEquals(
                    List.of("loop (scripted): task after 1000 ms failed: java.io.FileNotFoundException: no such file"),
                    warnings.texts());
        }
        assertEquals(List.of("two at 2"), log);
    }

    @Test
    void textOfALoopCountsDispatchersTasksAndTimers() {
        loop.schedule(seconds(1), () -> {});
        loop.schedule(seconds(1), () -> {}).unref();
        loop.scheduleEvery(seconds(1), () -> {});
        loop.execute(() -> {});
        assertEquals(
                "loop (scripted) with 0 dispatchers, 1 tasks, 3 timers of which 1 keep run() going", loop.toString());
    }

    @Test
    void timersWithEqualTimesRunInTheOrderOfTheirStart() {
        for (int i = 0; i < 100; i++) {
            schedule(1, "t" + i);
        }
        loop.run();
        for (int i = 0; i < 100; i++) {
            assertEquals("t" + i + " at 1", log.get(i));
        }
    }

    @Test
    void waitEndsWhenTheNextTimerIsDue() {
        schedule(7, "a");
        loop.run();
        assertEquals(List.of("a at 7"), log);
        assertEquals(List.of(seconds(7).toNanos()), backend.poller.timeouts);
    }

    @Test
    void runEndsAfterTheLastOneShotTimerAndNotBefore() {
        schedule(100, "a");
        loop.run();
        assertEquals(List.of("a at 100"), log);
        loop.run();
        assertEquals(100, now());
    }

    @Test
    void cancelledTimerDoesNotRun() {
        TimerHandle a = schedule(1, "a");
        TimerHandle b = schedule(2, "b");
        a.cancel();
        assertTrue(a.isCancelled());
        loop.run();
        assertEquals(List.of("b at 2"), log);
        b.cancel();
        assertFalse(b.isCancelled(), "it has run");
    }

    @Test
    void timerCancelsAnotherThatIsDueWithIt() {
        List<TimerHandle> other = new ArrayList<>();
        loop.schedule(seconds(1), () -> other.get(0).cancel());
        other.add(schedule(1, "other"));
        loop.run();
        assertEquals(List.of(), log);
    }

    @Test
    void restartPostponesAPendingTimer() {
        TimerHandle idle = schedule(10, "idle");
        loop.schedule(seconds(4), idle::restart);
        loop.schedule(seconds(8), idle::restart);
        loop.run();
        assertEquals(List.of("idle at 18"), log);
    }

    @Test
    void timerIsPendingAgainWhenRestartedAfterItsRunOrCancel() {
        TimerHandle timer = schedule(1, "a");
        loop.run();
        timer.restart();
        timer.cancel();
        timer.restart();
        assertFalse(timer.isCancelled());
        loop.run();
        assertEquals(List.of("a at 1", "a at 2"), log);
    }

    @Test
    void restartedTimerKeepsItsPlaceAmongMany() {
        List<TimerHandle> timers = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            timers.add(schedule(i, "t" + i));
        }
        loop.schedule(Duration.ofMillis(500), () -> timers.get(9).restart());
        loop.run();
        assertEquals("t9 at 9", log.get(8));
        assertEquals("t10 at 10", log.get(9));
        assertEquals(50, log.size());
    }

    @Test
    void periodicTimerRunsAgainButDoesNotKeepTheLoopRunning() {
        TimerHandle every = loop.scheduleEvery(seconds(2), () -> log.add("every at " + now()));
        loop.run();
        assertEquals(List.of(), log);
        schedule(7, "end");
        loop.run();
        assertEquals(List.of("every at 2", "every at 4", "every at 6", "end at 7"), log);
        every.cancel();
        schedule(3, "after");
        loop.run();
        assertEquals("after at 10", log.get(log.size() - 1));
        assertEquals(5, log.size());
    }

    @Test
    void missedRunsOfAPeriodAreSkipped() {
        loop.scheduleEvery(seconds(1), () -> log.add("every"));
        schedule(20, "end");
        backend.poller.then(() -> backend.poller.now += seconds(10).toNanos());
        loop.run(seconds(30), 1);
        assertEquals(List.of("every"), log);
    }

    @Test
    void timerWithoutDelayThatATimerSetsWaitsForTheNextTurn() {
        loop.schedule(Duration.ZERO, () -> {
            log.add("first");
            loop.schedule(Duration.ZERO, () -> log.add("second"));
        });
        loop.run(seconds(1), 1);
        assertEquals(List.of("first"), log);
        loop.run(seconds(1), 1);
        assertEquals(List.of("first", "second"), log);
        assertEquals(0, now());
    }

    @Test
    void negativeDelayCountsAsZero() {
        schedule(-5, "a");
        loop.run();
        assertEquals(List.of("a at 0"), log);
    }

    @Test
    void periodOfZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> loop.scheduleEvery(Duration.ZERO, () -> {}));
    }

    @Test
    void timerOfAClosedLoopIsRefused() {
        TimerHandle timer = schedule(1, "a");
        loop.close();
        assertThrows(IllegalStateException.class, timer::restart);
    }
}
