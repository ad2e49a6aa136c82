// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class TaskQueueTest {
    private static final int MANY = 5_000; // more than a chunk of the queue holds
    private static final int PRODUCERS = 4;

    private final TaskQueue queue = new TaskQueue();
    private final List<Integer> ran = new ArrayList<>();

    private void runAll() {
        long mark = queue.mark();
        for (Runnable task = queue.take(mark); task != null; task = queue.take(mark)) {
            task.run();
        }
    }

    @Test
    void tasksAreTakenInTheOrderTheyWereAdded() {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            queue.add(() -> ran.add(number));
            expected.add(i);
        }
        runAll();
        assertEquals(expected, ran);
        assertTrue(queue.isEmpty());
    }

    @Test
    void emptyQueueHasNoTask() {
        assertTrue(queue.isEmpty());
        assertNull(queue.take(queue.mark()));
    }

    @Test
    void taskThatIsAddedAfterTheMarkIsNotTaken() {
        Runnable first = () -> {};
        Runnable second = () -> {};
        queue.add(first);
        long mark = queue.mark();
        queue.add(second);
        assertSame(first, queue.take(mark));
        assertTrue(queue.areTaken(mark));
        assertNull(queue.take(mark));
        assertFalse(queue.isEmpty());
        assertSame(second, queue.take(queue.mark()));
    }

    @Test
    void loopDoesNotParkWhileATaskIsQueued() {
        queue.add(() -> {});
        assertFalse(queue.park());
        assertFalse(queue.add(() -> {}), "a loop that did not park needs no wakeup");
        runAll();
        assertTrue(queue.park());
    }

    @Test
    void onlyTheFirstTaskAfterParkWakesTheLoop() {
        assertTrue(queue.park());
        assertTrue(queue.add(() -> {}));
        assertFalse(queue.add(() -> {}));
    }

    @Test
    void taskAfterUnparkDoesNotWakeTheLoop() {
        assertTrue(queue.park());
        queue.unpark();
        assertFalse(queue.add(() -> {}));
    }

    @Test
    void closedQueueRefusesATask() {
        Runnable refused = () -> ran.add(1);
        queue.close();
        Exception e = assertThrows(RejectedExecutionException.class, () -> queue.add(refused));
        assertTrue(e.getMessage().contains(refused.toString()), e::toString);
        runAll();
        assertEquals(List.of(), ran);
    }

    @Test
    void tasksThatWereAddedBeforeTheCloseAreTaken() {
        queue.add(() -> ran.add(1));
        queue.add(() -> ran.add(2));
        queue.close();
        runAll();
        assertEquals(List.of(1, 2), ran);
    }

    /** Runs a producer on several threads, and the loop's part on this one. */
    private void produce(Callable<Void> producer, ThrowingRunnable loop) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS);
        try {
            List<Future<Void>> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                producers.add(threads.submit(producer));
            }
            loop.run();
            for (Future<Void> each : producers) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void everyTaskOfSeveralThreadsRunsOnceAndNoWakeupIsLost() throws Exception {
        Semaphore wakeups = new Semaphore(0);
        AtomicInteger names = new AtomicInteger();
        int[] counts = new int[PRODUCERS]; // each producer's tasks come in their order
        Callable<Void> producer = () -> {
            int name = names.getAndIncrement();
            for (int i = 0; i < MANY; i++) {
                int number = i;
                if (queue.add(() -> assertEquals(number, counts[name]++))) {
                    wakeups.release();
                }
            }
            return null;
        };
        produce(producer, () -> {
            for (int taken = 0; taken < PRODUCERS * MANY; ) {
                if (queue.park()) {
                    assertTrue(wakeups.tryAcquire(60, TimeUnit.SECONDS), "a wakeup was lost");
                    queue.unpark();
                }
                long mark = queue.mark();
                for (Runnable task = queue.take(mark); task != null; task = queue.take(mark)) {
                    task.run();
                    taken++;
                }
            }
        });
        for (int count : counts) {
            assertEquals(MANY, count);
        }
        assertTrue(queue.isEmpty());
    }

    @Test
    void everyTaskDuringACloseIsEitherTakenOrRefused() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        int[] taken = new int[1];
        Semaphore started = new Semaphore(0);
        Callable<Void> producer = () -> {
            while (refused.get() == 0) {
                started.release();
                try {
                    queue.add(() -> taken[0]++);
                    accepted.incrementAndGet();
                } catch (RejectedExecutionException e) {
                    refused.incrementAndGet();
                }
            }
            return null;
        };
        produce(producer, () -> {
            started.acquire(PRODUCERS * 100);
            runAll();
            queue.close();
            runAll();
        });
        runAll(); // a task whose slot was claimed before the close, and filled after it
        assertEquals(accepted.get(), taken[0]);
        assertTrue(refused.get() > 0);
    }
}
