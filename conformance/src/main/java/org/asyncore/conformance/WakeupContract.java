// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a {@link Poller}: wakeups and interrupts. */
@Timeout(120)
public abstract class WakeupContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected WakeupContract() {}

    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);

    @Test
    void wakeupBeforePollIsNotLost() throws IOException {
        fixture.poller().wakeup();
        assertEquals(0, fixture.poller().poll(-1));
    }

    @Test
    void wakeupDuringPollEndsIt() throws Exception {
        Thread polling = Thread.currentThread();
        Thread waker = new Thread(() -> {
            while (polling.getState() == Thread.State.RUNNABLE && !waitsNatively(polling)) {
                Thread.onSpinWait();
            }
            fixture.poller().wakeup();
        });
        waker.start();
        assertEquals(0, fixture.poller().poll(-1));
        waker.join();
    }

    /** Returns true if the thread is in a native method, where a waiting thread is RUNNABLE for the JVM. */
    private static boolean waitsNatively(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].isNativeMethod();
    }

    @Test
    void wakeupEndsOnePollOnly() throws IOException {
        fixture.poller().wakeup();
        fixture.poller().poll(-1);
        assertWaits();
    }

    @Test
    void flushKeepsAWakeupForTheNextPoll() throws IOException {
        fixture.poller().wakeup();
        fixture.poller().flush();
        assertEquals(0, fixture.poller().poll(-1));
        assertWaits();
    }

    @Test
    void flushReportsNothing() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.WRITE);
        fixture.poller().flush();
        assertEquals(0, registration.reports());
        fixture.expectReady(registration, Ops.WRITE);
    }

    @Test
    void wakeupsBeforeAPollCountAsOne() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            fixture.poller().wakeup();
        }
        fixture.poller().poll(-1);
        assertWaits();
    }

    @Test
    void pollThatDoesNotWaitConsumesTheWakeup() throws IOException {
        fixture.poller().wakeup();
        assertEquals(0, fixture.poller().poll(0));
        assertWaits();
    }

    @Test
    void pollThatReportsConsumesTheWakeup() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        fixture.poller().wakeup();
        assertTrue(fixture.poller().poll(-1) > 0);
        registration.interest(Ops.NONE);
        assertWaits();
    }

    @Test
    void wakeupIsNotCountedAsAReport() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.READ);
        fixture.poller().wakeup();
        assertEquals(0, fixture.poller().poll(-1));
        assertEquals(0, registration.reports());
    }

    @Test
    void wakeupIsNotLostWhenAChannelIsRegisteredAgain() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        registration.cancel();
        fixture.poller().wakeup();
        fixture.register(channel, Ops.READ);
        assertEquals(0, fixture.poller().poll(-1));
        assertWaits();
    }

    @Test
    void readinessIsNotLostByAWakeup() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        registration.forget();
        fixture.poller().wakeup();
        fixture.poller().poll(-1);
        fixture.expectReady(registration, Ops.WRITE);
    }

    @Test
    void wakeupsFromManyThreadsEachEndAPoll() throws Exception {
        int threads = 4;
        int rounds = 5_000;
        AtomicInteger handedOver = new AtomicInteger();
        List<Thread> wakers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread waker = new Thread(() -> handOver(handedOver, rounds));
            wakers.add(waker);
            waker.start();
        }
        // if the wakeup after the last handover is lost, this loop never ends
        for (int taken = 0; taken < threads * rounds; taken += handedOver.getAndSet(0)) {
            fixture.poller().poll(-1);
        }
        for (Thread waker : wakers) {
            waker.join();
        }
        fixture.poller().poll(0);
        assertWaits();
    }

    private void handOver(AtomicInteger handedOver, int rounds) {
        for (int i = 0; i < rounds; i++) {
            handedOver.incrementAndGet();
            fixture.poller().wakeup();
        }
    }

    @Test
    void wakeupWhileAnotherThreadClosesThePollerDoesNothing() throws Exception {
        for (int i = 0; i < 100; i++) {
            Poller poller = fixture.backend().openPoller();
            FutureTask<Boolean> waking = new FutureTask<>(() -> {
                for (int n = 0; n < 100; n++) {
                    poller.wakeup();
                }
                return true;
            });
            new Thread(waking).start();
            poller.close();
            assertTrue(waking.get());
        }
    }

    @Test
    void interruptEndsThePollAndStaysSet() throws Exception {
        Thread polling = Thread.currentThread();
        Thread interrupter = new Thread(polling::interrupt);
        interrupter.start();
        try {
            assertEquals(0, fixture.poller().poll(-1));
            assertTrue(polling.isInterrupted());
        } finally {
            Thread.interrupted();
        }
        interrupter.join();
        assertWaits();
    }

    @Test
    void pollOfInterruptedThreadDoesNotWait() throws IOException {
        Thread.currentThread().interrupt();
        try {
            assertEquals(0, fixture.poller().poll(-1));
            assertEquals(0, fixture.poller().poll(-1));
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
        assertWaits();
    }

    @Test
    void interruptedThreadGetsReadinessAndUsesItsChannels() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ_WRITE);
        connection.send("a");
        Thread.currentThread().interrupt();
        try {
            fixture.expectReady(registration, Ops.READ_WRITE);
            assertEquals("a", fixture.read(connection.channel(), 1));
            assertEquals(1, connection.channel().write(Bytes.heap("b")));
            assertTrue(connection.channel().isOpen());
        } finally {
            Thread.interrupted();
        }
    }

    private void assertWaits() throws IOException {
        long start = System.nanoTime();
        assertEquals(0, fixture.poller().poll(SHORT));
        assertTrue(System.nanoTime() - start >= SHORT, "did not wait");
    }
}
