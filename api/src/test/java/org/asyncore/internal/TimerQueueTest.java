// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimerQueueTest {
    private static final int MANY = 1_000;

    private final LoopThread thread = new LoopThread("test");
    private final TaskRunner runner = new TaskRunner(thread, new LoopCounts());
    private final TimerQueue queue = new TimerQueue(() -> this.now, thread);
    private final List<Integer> ran = new ArrayList<>();
    private long now;

    private Timer set(int name, long delay) {
        return set(name, delay, false);
    }

    private Timer set(int name, long delay, boolean periodic) {
        return queue.schedule(timer -> ran.add(name), Duration.ofNanos(delay), periodic);
    }

    private void restart(Timer timer) {
        timer.restart();
    }

    private void cancel(Timer timer) {
        timer.cancel();
    }

    private void runDue() {
        queue.runDue(runner);
    }

    private boolean keepsLoopRunning() {
        return queue.keeping() > 0;
    }

    private long nanosToNext() {
        return queue.nanosToNext(Long.MAX_VALUE);
    }

    private boolean isEmpty() {
        return queue.size() == 0;
    }

    private void close() {
        queue.close();
    }

    private void runDueAt(long time) {
        now = time;
        runDue();
    }

    @Test
    void timersRunInTheOrderOfTheirTimes() {
        for (int delay : new int[] {5, 3, 9, 1, 7}) {
            set(delay, delay);
        }
        runDueAt(10);
        assertEquals(List.of(1, 3, 5, 7, 9), ran);
    }

    @Test
    void equalTimersRunInTheOrderOfTheirStart() {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            set(i, 1);
            expected.add(i);
        }
        runDueAt(1);
        assertEquals(expected, ran);
    }

    @Test
    void timerDoesNotRunBeforeItIsDue() {
        set(1, 10);
        runDueAt(9);
        assertEquals(List.of(), ran);
        runDueAt(10);
        assertEquals(List.of(1), ran);
        runDueAt(100);
        assertEquals(List.of(1), ran);
    }

    @Test
    void timeToTheNextTimerIsNeverNegative() {
        set(1, 10);
        set(2, 7);
        now = 3;
        assertEquals(4, nanosToNext());
        now = 8;
        assertEquals(0, nanosToNext());
    }

    @Test
    void cancelledTimerDoesNotRun() {
        List<Timer> timers = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            timers.add(set(i, 1 + i * 7919L % MANY));
        }
        for (int i = 0; i < MANY; i++) {
            if (i % 3 == 0) {
                cancel(timers.get(i));
            } else {
                expected.add(i);
            }
        }
        expected.sort(Comparator.comparing(i -> i * 7919L % MANY));
        runDueAt(MANY);
        assertEquals(expected, ran);
    }

    @Test
    void restartedTimerCountsFromTheRestart() {
        Timer timer = set(1, 10);
        now = 6;
        restart(timer);
        assertEquals(10, nanosToNext());
        runDueAt(15);
        assertEquals(List.of(), ran);
        runDueAt(16);
        assertEquals(List.of(1), ran);
    }

    @Test
    void restartedTimerRunsAfterATimerThatIsDueEarlier() {
        Timer timer = set(1, 10);
        set(2, 12);
        now = 5;
        restart(timer);
        set(3, 10);
        runDueAt(20);
        assertEquals(List.of(2, 1, 3), ran);
    }

    @Test
    void timerThatIsRestartedAtTheSameTimeRunsLastAmongEquals() {
        Timer timer = set(1, 10);
        set(2, 10);
        restart(timer);
        runDueAt(10);
        assertEquals(List.of(2, 1), ran);
    }

    @Test
    void equalTimersKeepTheirOrderWhenAnotherIsRestarted() {
        set(0, 1);
        Timer restarted = set(4, 10);
        Timer cancelled = set(9, 5);
        set(1, 10); // in the heap below the restarted timer
        set(2, 10);
        cancel(cancelled); // its place in the heap is filled with the last one
        set(3, 10);
        now = 1;
        restart(restarted);
        runDueAt(11);
        assertEquals(List.of(0, 1, 2, 3, 4), ran);
    }

    @Test
    void timerThatIsRestartedAfterItsRunRunsAgain() {
        Timer timer = set(1, 10);
        runDueAt(10);
        restart(timer);
        runDueAt(20);
        assertEquals(List.of(1, 1), ran);
    }

    @Test
    void oneShotTimerKeepsTheLoopRunningUntilItHasRun() {
        assertFalse(keepsLoopRunning());
        Timer cancelled = set(1, 10);
        Timer timer = set(2, 10);
        restart(timer);
        cancel(cancelled);
        assertTrue(keepsLoopRunning());
        runDueAt(10);
        assertFalse(keepsLoopRunning());
    }

    @Test
    void periodicTimerDoesNotKeepTheLoopRunning() {
        Timer timer = set(1, 10, true);
        assertFalse(keepsLoopRunning());
        assertFalse(isEmpty());
        cancel(timer);
        assertFalse(keepsLoopRunning());
        assertTrue(isEmpty());
    }

    @Test
    void unreferencedTimerDoesNotKeepTheLoopRunning() {
        Timer timer = set(1, 10);
        timer.unref();
        timer.unref();
        assertFalse(keepsLoopRunning());
        restart(timer);
        assertFalse(keepsLoopRunning());
        runDueAt(10);
        assertEquals(List.of(1), ran);
        assertFalse(keepsLoopRunning());
    }

    @Test
    void timerThatIsUnreferencedWhileItIsNotPendingDoesNotKeepTheLoopRunningLater() {
        Timer timer = set(1, 10);
        runDueAt(10);
        timer.unref();
        restart(timer);
        set(2, 10);
        assertEquals(1, queue.keeping());
    }

    @Test
    void timesAreComparedAcrossAnOverflowOfTheClock() {
        now = Long.MAX_VALUE - 5;
        set(1, 10);
        set(2, 3);
        set(3, Long.MAX_VALUE);
        assertEquals(3, nanosToNext());
        runDueAt(Long.MAX_VALUE);
        assertEquals(List.of(2), ran);
        runDueAt(Long.MIN_VALUE + 4);
        assertEquals(List.of(2, 1), ran);
    }

    @Test
    void closedQueueIsEmpty() {
        for (int i = 0; i < MANY; i++) {
            set(i, i, i % 2 == 0);
        }
        close();
        assertTrue(isEmpty());
        assertFalse(keepsLoopRunning());
        runDueAt(MANY);
        assertEquals(List.of(), ran);
    }

    @Test
    void randomOperationsFollowASortedList() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Timer> timers = new ArrayList<>();
        List<Long> dues = new ArrayList<>(); // the due time of each timer, with its order in the next list
        List<Long> orders = new ArrayList<>();
        long order = 0;
        for (int i = 0; i < 200; i++) {
            timers.add(set(i, random.nextInt(50)));
            dues.add(timers.get(i).delayNanos);
            orders.add(order++);
        }
        for (int step = 0; step < 20_000; step++) {
            now += random.nextInt(3);
            int i = random.nextInt(timers.size());
            if (random.nextInt(4) > 0) {
                restart(timers.get(i));
                dues.set(i, now + timers.get(i).delayNanos);
                orders.set(i, order++);
            } else if (dues.get(i) >= 0) {
                cancel(timers.get(i));
                dues.set(i, -1L);
            }
            List<Integer> expected = new ArrayList<>();
            for (int j = 0; j < timers.size(); j++) {
                if (dues.get(j) >= 0 && dues.get(j) <= now) {
                    expected.add(j);
                }
            }
            expected.sort(Comparator.<Integer, Long>comparing(dues::get).thenComparing(orders::get));
            expected.forEach(j -> dues.set(j, -1L));
            ran.clear();
            runDue();
            assertEquals(expected, ran, "step " + step + " of seed " + seed);
        }
    }
}
