// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.LoopStatistics;
import org.asyncore.SocketDispatcher;
import org.asyncore.chat.ChatDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of {@link Loop#statistics}. */
@Timeout(120)
public abstract class StatisticsContract {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int MEGABYTES = 8 << 20; // more than sockets buffer

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected StatisticsContract() {}

    private LoopStatistics statistics() {
        return fixture.loop().statistics();
    }

    /** Joins a dispatcher that reads, and whose peer sends nothing by itself. */
    private LoopConnection reading() throws IOException {
        LoopConnection connection = fixture.connection();
        new ReadingDispatcher(fixture.loop(), connection.channel(), () -> {});
        return connection;
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            fixture.loop().runOnce(Duration.ZERO);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAtLeast(Duration least, Duration time) {
        assertTrue(time.compareTo(least) >= 0, () -> time + " is less than " + least);
    }

    @Test
    void turnsAreCounted() throws IOException {
        reading();
        turns(3);
        assertEquals(3, statistics().turns());
    }

    @Test
    void readsAndTheirBytesAreCounted() throws IOException {
        LoopConnection connection = reading();
        turns(2);
        assertEquals(0, statistics().reads());
        connection.send("hello");
        while (statistics().receivedBytes() < 5 && !Thread.currentThread().isInterrupted()) {
            fixture.loop().runOnce(Duration.ofSeconds(1));
        }
        assertEquals(5, statistics().receivedBytes());
        assertTrue(statistics().reads() > 0);
        assertEquals(0, statistics().writes());
    }

    @Test
    void writesAndTheirBytesAreCounted() throws IOException {
        new SocketDispatcher(fixture.loop(), fixture.connection().channel()) {
            @Override
            public void handleWrite() throws IOException {
                send(ByteBuffer.allocate(3));
            }
        };
        turns(2);
        assertEquals(2, statistics().writes());
        assertEquals(6, statistics().sentBytes());
        assertEquals(0, statistics().reads());
    }

    @Test
    void tasksAndTimersAreCountedWhenTheyHaveRun() throws IOException {
        reading();
        fixture.loop().execute(() -> {});
        fixture.loop().execute(() -> {
            throw new IOException("by the test");
        });
        fixture.loop().schedule(Duration.ZERO, () -> {});
        fixture.loop().schedule(Duration.ofDays(1), () -> {});
        assertEquals(0, statistics().tasks() + statistics().timers());
        turns(2);
        assertEquals(2, statistics().tasks());
        assertEquals(1, statistics().timers());
    }

    @Test
    void turnThatMayNotBlockDoesNotWait() throws IOException {
        reading();
        turns(1);
        fixture.loop().execute(() -> {});
        fixture.loop().runOnce(Duration.ofSeconds(30));
        assertEquals(0, statistics().waits());
        assertEquals(Duration.ZERO, statistics().waitTime());
    }

    @Test
    void waitIsCountedAndItsTimeAdded() throws IOException {
        reading();
        fixture.loop().runOnce(SHORT);
        assertEquals(1, statistics().waits());
        assertAtLeast(SHORT, statistics().waitTime());
    }

    @Test
    void hookTimeIsThatOfHooksAndTasks() {
        fixture.loop().execute(() -> sleep(SHORT));
        turns(1);
        fixture.loop().execute(() -> sleep(SHORT));
        turns(1);
        assertAtLeast(SHORT.multipliedBy(2), statistics().hookTime());
        assertAtLeast(SHORT, statistics().longestHookTime());
        assertAtLeast(statistics().longestHookTime().plus(SHORT), statistics().hookTime());
        assertEquals(Duration.ZERO, statistics().waitTime());
    }

    @Test
    void timeOfTheHookUnderWayIsIncluded() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        CompletableFuture<Void> other = OtherThread.run(() -> {
            OtherThread.await(running);
            Duration before = statistics().hookTime();
            sleep(SHORT);
            assertAtLeast(before.plus(SHORT), statistics().hookTime());
            seen.countDown();
        });
        fixture.loop().execute(() -> {
            running.countDown();
            OtherThread.await(seen);
        });
        turns(1);
        other.get();
    }

    @Test
    void timeOfTheWaitUnderWayIsIncluded() throws Exception {
        reading();
        CompletableFuture<Void> other = OtherThread.run(() -> {
            while (statistics().waitTime().compareTo(SHORT) < 0
                    && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            fixture.loop().stop();
        });
        fixture.loop().run(Duration.ofSeconds(100), 1);
        other.get();
        assertEquals(1, statistics().waits());
        assertTrue(statistics().waitTime().compareTo(Duration.ofSeconds(40)) < 0);
    }

    @Test
    void waitOfATurnThatAHookRunsIsNoTimeOfHooks() throws IOException {
        reading();
        fixture.loop().execute(() -> {
            sleep(SHORT);
            fixture.loop().runOnce(SHORT);
            sleep(SHORT);
        });
        long begin = System.nanoTime();
        turns(1);
        Duration all = Duration.ofNanos(System.nanoTime() - begin);
        assertAtLeast(SHORT, statistics().waitTime());
        assertAtLeast(SHORT.multipliedBy(2), statistics().hookTime());
        assertAtLeast(statistics().hookTime().plus(statistics().waitTime()), all);
    }

    @Test
    void timeBetweenTurnsIsNeitherTimeOfHooksNorOfWaits() throws IOException {
        reading();
        turns(1);
        LoopStatistics before = statistics();
        sleep(SHORT);
        assertEquals(before, statistics());
    }

    @Test
    void dispatchersInTheLoopAreCounted() throws IOException {
        reading();
        SocketDispatcher second =
                new ReadingDispatcher(fixture.loop(), fixture.connection().channel(), () -> {});
        assertEquals(2, statistics().dispatchers());
        second.delChannel();
        assertEquals(1, statistics().dispatchers());
        second.addChannel();
        second.close();
        second.close();
        assertEquals(1, statistics().dispatchers());
        fixture.loop().close();
        assertEquals(0, statistics().dispatchers());
    }

    @Test
    void bytesQueuedInABufferedDispatcherAreCountedUntilItCloses() throws IOException {
        BufferedDispatcher sender =
                new BufferedDispatcher(fixture.loop(), fixture.connection().channel()) {};
        sender.send(ByteBuffer.allocate(MEGABYTES));
        assertTrue(sender.buffered() > 0);
        assertEquals(sender.buffered(), statistics().queuedBytes());
        assertEquals(MEGABYTES, statistics().queuedBytes() + statistics().sentBytes());
        sender.close();
        assertEquals(0, statistics().queuedBytes());
    }

    @Test
    void bytesQueuedInAChatDispatcherAreCountedUntilTheyAreSent() throws IOException {
        LoopConnection connection = fixture.connection();
        ChatDispatcher sender = new ChatDispatcher(fixture.loop(), connection.channel()) {
            @Override
            public void collectIncomingData(ByteBuffer data) {}

            @Override
            public void foundTerminator() {}
        };
        sender.push(new byte[MEGABYTES]);
        assertTrue(sender.queuedBytes() > 0);
        assertEquals(sender.queuedBytes(), statistics().queuedBytes());
        connection.peer().configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        while (statistics().queuedBytes() > 0 && !Thread.currentThread().isInterrupted()) {
            connection.peer().read(buffer.clear());
            fixture.loop().runOnce(Duration.ZERO);
            assertEquals(sender.queuedBytes(), statistics().queuedBytes());
        }
        assertEquals(MEGABYTES, statistics().sentBytes());
    }

    @Test
    void snapshotDoesNotChange() throws IOException {
        reading();
        LoopStatistics before = statistics();
        turns(1);
        assertEquals(0, before.turns());
        assertEquals(1, statistics().turns());
    }

    @Test
    void otherThreadsMayReadWhileTheLoopRuns() throws Exception {
        reading();
        CompletableFuture<Void> other = OtherThread.run(() -> {
            LoopStatistics last = statistics();
            while (last.turns() < 10_000) {
                LoopStatistics next = statistics();
                assertAtLeast(last.hookTime(), next.hookTime());
                assertAtLeast(last.waitTime(), next.waitTime());
                assertTrue(next.turns() >= last.turns());
                last = next;
            }
        });
        while (!other.isDone()) {
            turns(1);
        }
        other.get();
    }
}
