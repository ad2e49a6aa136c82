// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.ExitNow;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.spi.Backend;
import org.asyncore.spi.StreamChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a loop promises about running, stopping, threads and closing, over a real poller. */
@Timeout(120)
public abstract class LoopContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final int THREADS = 4;
    private static final int TASKS = 20_000; // of each thread

    @RegisterExtension
    final Fixture fixture = new Fixture(this::backend);

    private final List<String> log = new ArrayList<>();
    private Loop loop;

    /** For a backend's tests. */
    @SuppressWarnings("NullAway.Init") // open() does it
    protected LoopContract() {}

    /** The backend under test. */
    protected abstract Backend backend();

    @BeforeEach
    void open() {
        loop = Loop.builder().backend(fixture.backend()).open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Reads a line, and does what the test says. */
    private final class Reader extends SocketDispatcher {
        private final Runnable then;

        Reader(StreamChannel channel, Runnable then) {
            super(loop, channel);
            this.then = then;
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        protected void handleRead() throws IOException {
            if (recv(readBuffer()) > 0) {
                then.run();
            }
        }

        @Override
        public void handleClose() {
            log.add("closed");
            close();
        }
    }

    private Connection connected(Runnable then) throws IOException {
        Connection connection = fixture.connection();
        new Reader(connection.channel(), then);
        return connection;
    }

    private static CompletableFuture<Void> elsewhere(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                        done.complete(null);
                    } catch (RuntimeException | Error e) {
                        done.completeExceptionally(e);
                    }
                },
                "elsewhere");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failureOf(CompletableFuture<Void> done) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> done.get(30, TimeUnit.SECONDS));
        return Objects.requireNonNull(e.getCause());
    }

    @Test
    void runEndsWhenNothingIsLeftAndNotBefore() throws IOException {
        Connection connection = connected(() -> log.add("read"));
        connection.send("x");
        loop.schedule(Duration.ofMillis(20), () -> {
            log.add("timer");
            loop.execute(() -> {
                log.add("task");
                assertDoesClose(connection);
            });
        });
        loop.run();
        assertEquals(List.of("read", "timer", "task", "closed"), log);
        assertTrue(loop.dispatchers().isEmpty());
    }

    private static void assertDoesClose(Connection connection) {
        try {
            connection.peer().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void propertyChoosesThePoller() {
        String before = System.getProperty("asyncore.poller");
        System.setProperty("asyncore.poller", loop.poller());
        try (Loop chosen = Loop.open()) {
            assertEquals(loop.poller(), chosen.poller());
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable String before) {
        if (before == null) {
            System.clearProperty("asyncore.poller");
        } else {
            System.setProperty("asyncore.poller", before);
        }
    }

    @Test
    void noTaskOfAnyThreadIsLost() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        connected(() -> {});
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(elsewhere(() -> {
                for (int n = 0; n < TASKS; n++) {
                    loop.execute(() -> {
                        if (ran.incrementAndGet() == THREADS * TASKS) {
                            loop.stop();
                        }
                    });
                }
            }));
        }
        loop.run(LONG, Integer.MAX_VALUE);
        assertEquals(THREADS * TASKS, ran.get());
        for (CompletableFuture<Void> thread : threads) {
            thread.get();
        }
    }

    @Test
    void tasksOfOneThreadRunInTheirOrder() {
        for (int i = 0; i < 1000; i++) {
            int n = i;
            loop.execute(() -> log.add("" + n));
        }
        loop.run();
        for (int i = 0; i < 1000; i++) {
            assertEquals("" + i, log.get(i));
        }
    }

    @Test
    void stopBeforeRunEndsThatRunAndNoOther() throws IOException {
        Connection connection = connected(() -> {
            log.add("read");
            loop.stop();
        });
        connection.send("x");
        loop.stop();
        loop.run();
        assertEquals(List.of(), log);
        loop.run();
        assertEquals(List.of("read"), log);
    }

    @Test
    void stopFromAnotherThreadEndsTheWait() throws Exception {
        connected(() -> {});
        CompletableFuture<Void> stopper = elsewhere(loop::stop);
        loop.run(LONG, Integer.MAX_VALUE);
        stopper.get();
    }

    @Test
    void wakeupEndsOneWait() throws Exception {
        connected(() -> {});
        CompletableFuture<Void> waker = elsewhere(loop::wakeup);
        assertTrue(loop.runOnce(LONG));
        waker.get();
    }

    @Test
    void interruptStopsTheLoopAndStaysSet() throws IOException {
        connected(() -> {});
        Thread.currentThread().interrupt();
        loop.run();
        assertTrue(Thread.interrupted());
    }

    @Test
    void interruptStopsALoopThatWaits() throws Exception {
        connected(() -> {});
        Thread runner = Thread.currentThread();
        CountDownLatch running = new CountDownLatch(1);
        loop.execute(running::countDown);
        CompletableFuture<Void> interrupter = elsewhere(() -> {
            await(running);
            runner.interrupt();
        });
        loop.run(LONG, Integer.MAX_VALUE);
        assertTrue(Thread.interrupted());
        interrupter.get();
    }

    @Test
    void wrongThreadIsToldWhatToCall() {
        Throwable e = failureOf(elsewhere(() -> loop.schedule(LONG, () -> {})));
        assertEquals(IllegalStateException.class, e.getClass());
        assertTrue(String.valueOf(e.getMessage()).contains("loop.execute("), e::toString);
        assertTrue(String.valueOf(e.getMessage()).contains("this is 'elsewhere'"), e::toString);
    }

    @Test
    void anotherThreadMayRunTheLoopNext() throws Exception {
        Connection connection = connected(() -> log.add(Thread.currentThread().getName()));
        connection.send("x");
        loop.run(LONG, 1);
        connection.send("x");
        elsewhere(() -> {
                    loop.run(LONG, 1);
                    loop.close();
                })
                .get(30, TimeUnit.SECONDS);
        assertEquals(List.of(Thread.currentThread().getName(), "elsewhere"), log);
    }

    @Test
    void loopThatRunsCannotBeClosedByAnotherThread() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        loop.execute(running::countDown);
        connected(() -> {});
        CompletableFuture<Void> closer = elsewhere(() -> {
            await(running);
            try {
                assertThrows(IllegalStateException.class, loop::close);
            } finally {
                loop.stop();
            }
        });
        loop.run(LONG, Integer.MAX_VALUE);
        closer.get();
    }

    @Test
    void exitNowLeavesRunAndTheNextRunGoesOn() {
        ExitNow exit = new ExitNow();
        loop.execute(() -> {
            throw exit;
        });
        loop.execute(() -> log.add("task"));
        assertSame(exit, assertThrows(ExitNow.class, loop::run));
        loop.run();
        assertEquals(List.of("task"), log);
    }

    @Test
    void errorLeavesRun() {
        Error error = new AssertionError("by the test");
        loop.execute(() -> {
            throw error;
        });
        assertSame(error, assertThrows(AssertionError.class, loop::run));
    }

    @Test
    void exceptionOfATaskOrTimerHarmsNoOther() {
        loop.execute(() -> {
            throw new IllegalArgumentException("by the test");
        });
        loop.execute(() -> log.add("task"));
        loop.schedule(Duration.ZERO, () -> {
            throw new IllegalArgumentException("by the test");
        });
        loop.schedule(Duration.ZERO, () -> log.add("timer"));
        loop.run();
        assertEquals(List.of("task", "timer"), log);
    }

    @Test
    void closeAllClosesEverybodyWithoutAHook() throws IOException {
        List<Connection> connections = List.of(connected(() -> {}), connected(() -> {}));
        loop.closeAll();
        assertTrue(loop.dispatchers().isEmpty());
        connections.forEach(connection -> assertFalse(connection.channel().isOpen()));
        assertEquals(List.of(), log);
    }

    @Test
    void closeRunsWhatWasHandedOverAndRefusesTheRest() {
        loop.execute(() -> log.add("task"));
        loop.close();
        loop.close();
        assertEquals(List.of("task"), log);
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> log.add("late")));
        assertThrows(IllegalStateException.class, loop::run);
    }

    @Test
    void everyTaskRunsOrIsRefusedWhenCloseRaces() throws Exception {
        for (int round = 0; round < 50; round++) {
            Loop closing = Loop.builder().backend(fixture.backend()).open();
            AtomicInteger ran = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(THREADS);
            for (int i = 0; i < THREADS; i++) {
                threads.add(elsewhere(() -> executeUntilRefused(closing, begun, accepted, ran)));
            }
            begun.await();
            closing.close();
            for (CompletableFuture<Void> thread : threads) {
                assertEquals(RejectedExecutionException.class, failureOf(thread).getClass());
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

    @Test
    void hookMayRunTheLoopAndWhoWasServedInsideIsNotServedAgain() throws IOException {
        Connection first = fixture.connection();
        Connection second = fixture.connection();
        new Reader(first.channel(), () -> {
            log.add("outer");
            loop.run(Duration.ofSeconds(30), 1);
            log.add("end of outer");
        });
        new Reader(second.channel(), () -> log.add("inner"));
        first.send("x");
        second.send("x");
        loop.run(Duration.ofSeconds(30), 1);
        loop.run(Duration.ofMillis(50), 1);
        assertEquals(List.of("outer", "inner", "end of outer"), log);
    }
}
