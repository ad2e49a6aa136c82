// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.asyncore.BufferedDispatcher;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of {@link Loop#awaitReady}. */
@Timeout(120)
public abstract class AwaitReadyContract {
    private static final Duration LONG = Duration.ofMinutes(10); // no test waits for its end
    private static final Duration SHORT = Duration.ofMillis(50);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected AwaitReadyContract() {}

    /** Reads a byte, and then wants to write until it has written one. */
    private static final class Answering extends SocketDispatcher {
        int reads;
        int writes;

        Answering(Loop loop, LoopConnection connection) {
            super(loop, connection.channel());
        }

        @Override
        public boolean writable() {
            return reads > writes;
        }

        @Override
        public void handleRead() throws IOException {
            recv(readBuffer());
            reads++;
        }

        @Override
        public void handleWrite() throws IOException {
            send(ByteBuffer.wrap(new byte[] {'y'}));
            writes++;
        }
    }

    private Answering answering(LoopConnection connection) {
        Answering answering = new Answering(fixture.loop(), connection);
        settle();
        return answering;
    }

    /** Runs turns until the loop waits. */
    private void settle() {
        long begin;
        do {
            fixture.loop().runOnce(Duration.ZERO);
            begin = System.nanoTime();
            assertTrue(fixture.loop().awaitReady(SHORT));
        } while (System.nanoTime() - begin < SHORT.toNanos());
    }

    @ParameterizedTest
    @EnumSource
    void readyDispatcherEndsTheWaitAndIsServedByTheNextTurn(InterestPolicy policy) throws IOException {
        fixture.reopen(policy);
        LoopConnection connection = fixture.connection();
        Answering answering = answering(connection);
        connection.send();
        assertTrue(fixture.loop().awaitReady(LONG));
        assertEquals(0, answering.reads);
        assertTrue(fixture.loop().runOnce(Duration.ZERO));
        assertEquals(1, answering.reads);
    }

    @ParameterizedTest
    @EnumSource
    void dispatcherThatWantsToWriteAfterItsHookNeedNotWaitForAnotherEvent(InterestPolicy policy) throws IOException {
        fixture.reopen(policy);
        LoopConnection connection = fixture.connection();
        Answering answering = answering(connection);
        connection.send();
        while (answering.writes == 0) {
            assertTrue(fixture.loop().awaitReady(LONG));
            fixture.loop().runOnce(Duration.ZERO);
        }
        assertEquals("y", connection.receive(1));
    }

    @Test
    void readinessIsReportedAgainAsLongAsNoTurnServesIt() throws IOException {
        LoopConnection connection = fixture.connection();
        Answering answering = answering(connection);
        connection.send();
        for (int i = 0; i < 3; i++) {
            assertTrue(fixture.loop().awaitReady(LONG));
        }
        fixture.loop().runOnce(Duration.ZERO);
        assertEquals(1, answering.reads);
    }

    @Test
    void taskEndsTheWait() throws Exception {
        answering(fixture.connection());
        boolean[] ran = {false};
        CompletableFuture<Void> other = OtherThread.run(() -> fixture.loop().execute(() -> ran[0] = true));
        assertTrue(fixture.loop().awaitReady(LONG));
        other.get(60, TimeUnit.SECONDS);
        assertFalse(ran[0]);
        fixture.loop().runOnce(Duration.ZERO);
        assertTrue(ran[0]);
    }

    @Test
    void taskMayChangeWhatItsDispatcherWaitsFor() throws IOException {
        LoopConnection connection = fixture.connection();
        Answering answering = answering(connection);
        fixture.loop().execute(() -> answering.reads++);
        while (answering.writes == 0) {
            assertTrue(fixture.loop().awaitReady(LONG));
            fixture.loop().runOnce(Duration.ZERO);
        }
        assertEquals("y", connection.receive(1));
    }

    @Test
    void wakeupEndsTheWait() throws Exception {
        answering(fixture.connection());
        CompletableFuture<Void> other = OtherThread.run(fixture.loop()::wakeup);
        assertTrue(fixture.loop().awaitReady(LONG));
        other.get(60, TimeUnit.SECONDS);
    }

    @Test
    void dueTimerEndsTheWait() {
        boolean[] ran = {false};
        fixture.loop().schedule(SHORT, () -> ran[0] = true);
        while (!ran[0]) {
            assertTrue(fixture.loop().awaitReady(LONG));
            fixture.loop().runOnce(Duration.ZERO);
        }
        assertFalse(fixture.loop().awaitReady(LONG), "nothing is left");
    }

    @Test
    void waitEndsAtOnceIfNothingIsLeftOrTheLoopIsClosed() {
        assertFalse(fixture.loop().awaitReady(LONG));
        fixture.loop().close();
        assertFalse(fixture.loop().awaitReady(LONG));
    }

    @Test
    void interruptEndsTheWaitAndIsKept() throws IOException {
        answering(fixture.connection());
        Thread.currentThread().interrupt();
        assertFalse(fixture.loop().awaitReady(LONG));
        assertTrue(Thread.interrupted());
    }

    @Test
    void negativeTimeoutIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> fixture.loop().awaitReady(Duration.ofNanos(-1)));
    }

    @Test
    void loopBelongsToTheThreadThatWaits() throws Exception {
        Answering answering = answering(fixture.connection());
        CompletableFuture<Void> waiting = OtherThread.run(() -> fixture.loop().awaitReady(LONG));
        String message = "";
        while (!message.contains("'other thread'")) { // until it waits
            try {
                fixture.loop().refresh(answering);
            } catch (IllegalStateException e) {
                message = String.valueOf(e.getMessage());
            }
        }
        assertTrue(message.contains("loop.execute"), message);
        fixture.loop().wakeup();
        waiting.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void hooksRunOnTheThreadThatRunsTheTurnsWhileAnotherOneWaits(InterestPolicy policy) throws Exception {
        fixture.reopen(policy);
        LoopConnection connection = fixture.connection();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        new BufferedDispatcher(fixture.loop(), connection.channel()) {
            @Override
            public void handleRead() throws IOException {
                threads.add(Thread.currentThread());
                send(recv(8192));
            }

            @Override
            public boolean writable() {
                threads.add(Thread.currentThread());
                return super.writable();
            }
        };
        String sent = "0123456789".repeat(100_000);
        CompletableFuture<Void> sending = OtherThread.run(() -> sendAll(connection, sent));
        CompletableFuture<Void> receiving =
                OtherThread.run(() -> assertEquals(sent, receiveAndClose(connection, sent.length())));
        boolean more = true;
        while (more) {
            more = CompletableFuture.supplyAsync(() -> fixture.loop().awaitReady(LONG))
                    .get(60, TimeUnit.SECONDS);
            fixture.loop().runOnce(Duration.ZERO);
        }
        sending.get(60, TimeUnit.SECONDS);
        receiving.get(60, TimeUnit.SECONDS);
        assertEquals(Set.of(Thread.currentThread()), threads);
    }

    private static void sendAll(LoopConnection connection, String text) {
        try {
            connection.send(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String receiveAndClose(LoopConnection connection, int bytes) {
        try {
            String received = connection.receive(bytes);
            connection.peer().close();
            return received;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
