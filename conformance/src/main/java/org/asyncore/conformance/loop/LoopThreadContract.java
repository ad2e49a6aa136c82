// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.Loop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a loop that other threads use. */
@Timeout(120)
public abstract class LoopThreadContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final int THREADS = 4;
    private static final int TASKS = 250_000; // of each thread

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected LoopThreadContract() {}

    private Loop loop() {
        return fixture.loop();
    }

    private LoopConnection connected(Runnable then) throws IOException {
        LoopConnection connection = fixture.connection();
        new ReadingDispatcher(loop(), connection.channel(), then);
        return connection;
    }

    @Test
    void wakeupBetweenTwoRunsSurvivesTheCloseOfADispatcher() throws Exception {
        LoopConnection staying = fixture.connection();
        new ReadingDispatcher(loop(), staying.channel(), () -> {});
        ReadingDispatcher leaving =
                new ReadingDispatcher(loop(), fixture.connection().channel(), () -> {});
        loop().run(Duration.ZERO, 1);
        OtherThread.run(loop()::wakeup).get();
        leaving.close();
        loop().run(LONG, 1);
    }

    @Test
    void noTaskOfAnyThreadIsLost() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        connected(() -> {});
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(OtherThread.run(() -> {
                for (int n = 0; n < TASKS; n++) {
                    loop().execute(() -> {
                        if (ran.incrementAndGet() == THREADS * TASKS) {
                            loop().stop();
                        }
                    });
                }
            }));
        }
        loop().run(LONG, Integer.MAX_VALUE);
        assertEquals(THREADS * TASKS, ran.get());
        for (CompletableFuture<Void> thread : threads) {
            thread.get();
        }
    }

    @Test
    void stopFromAnotherThreadEndsTheWait() throws Exception {
        connected(() -> {});
        CompletableFuture<Void> stopper = OtherThread.run(loop()::stop);
        loop().run(LONG, Integer.MAX_VALUE);
        stopper.get();
    }

    @Test
    void wakeupEndsOneWait() throws Exception {
        connected(() -> {});
        CompletableFuture<Void> waker = OtherThread.run(loop()::wakeup);
        assertTrue(loop().runOnce(LONG));
        waker.get();
    }

    @Test
    void interruptStopsTheLoopAndStaysSet() throws IOException {
        connected(() -> {});
        Thread.currentThread().interrupt();
        loop().run();
        assertTrue(Thread.interrupted());
    }

    @Test
    void interruptStopsALoopThatWaits() throws Exception {
        connected(() -> {});
        Thread runner = Thread.currentThread();
        CountDownLatch running = new CountDownLatch(1);
        loop().execute(running::countDown);
        CompletableFuture<Void> interrupter = OtherThread.run(() -> {
            OtherThread.await(running);
            runner.interrupt();
        });
        loop().run(LONG, Integer.MAX_VALUE);
        assertTrue(Thread.interrupted());
        interrupter.get();
    }

    @Test
    void messageToAnotherThreadNamesTheMethodToCall() {
        Throwable e = OtherThread.failure(OtherThread.run(() -> loop().schedule(LONG, () -> {})));
        assertEquals(IllegalStateException.class, e.getClass());
        assertTrue(String.valueOf(e.getMessage()).contains("loop.execute("), e::toString);
        assertTrue(String.valueOf(e.getMessage()).contains("called from 'other thread'"), e::toString);
    }

    @Test
    void anotherThreadRunsTheLoopNext() throws Exception {
        LoopConnection connection =
                connected(() -> log.add(Thread.currentThread().getName()));
        connection.send();
        loop().run(LONG, 1);
        connection.send();
        OtherThread.run(() -> {
                    loop().run(LONG, 1);
                    loop().close();
                })
                .get(30, TimeUnit.SECONDS);
        assertEquals(List.of(Thread.currentThread().getName(), "other thread"), log);
    }

    @Test
    void runningLoopIsNotClosedByAnotherThread() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        loop().execute(running::countDown);
        connected(() -> {});
        CompletableFuture<Void> closer = OtherThread.run(() -> {
            OtherThread.await(running);
            try {
                assertThrows(IllegalStateException.class, loop()::close);
            } finally {
                loop().stop();
            }
        });
        loop().run(LONG, Integer.MAX_VALUE);
        closer.get();
    }

    @Test
    void everyTaskRunsOrIsRefusedWhenCloseRaces() throws Exception {
        for (int round = 0; round < 50; round++) {
            Loop closing = fixture.builder().open();
            AtomicInteger ran = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(THREADS);
            for (int i = 0; i < THREADS; i++) {
                threads.add(OtherThread.run(() -> executeUntilRefused(closing, begun, accepted, ran)));
            }
            begun.await();
            closing.close();
            for (CompletableFuture<Void> thread : threads) {
                assertEquals(
                        RejectedExecutionException.class,
                        OtherThread.failure(thread).getClass());
            }
            assertEquals(accepted.get(), ran.get());
        }
    }

    private static void executeUntilRefused(
            Loop closing, CountDownLatch begun, AtomicInteger accepted, AtomicInteger ran) {
        while (true) {
            closing.execute(ran::incrementAndGet);
            accepted.incrementAndGet();
            begun.countDown();
        }
    }
}
