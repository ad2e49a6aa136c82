// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each {@link Poller} must do about registrations and their handlers. */
@Timeout(120)
public abstract class RegistrationContract {
    @RegisterExtension
    final Fixture fixture = new Fixture();

    /** For a backend's tests. */
    protected RegistrationContract() {}

    @Test
    void aNewRegistrationWaitsForNothing() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        Registration registration = fixture.poller().register(channel, ops -> fail("reported " + ops));
        assertEquals(0, fixture.poller().poll(TimeUnit.MILLISECONDS.toNanos(50)));
        registration.cancel();
    }

    @Test
    void aCancelledRegistrationIsNeverReportedAgain() throws IOException {
        Connection connection = fixture.connection();
        Watch watch = fixture.watch(connection.channel(), Ops.READ_WRITE);
        fixture.expectReady(watch, Ops.WRITE);
        watch.cancel();
        connection.send("a");
        fixture.expectQuiet(watch);
        connection.reset();
        fixture.expectQuiet(watch);
    }

    @Test
    void aCancelledRegistrationIsNotReportedLaterInTheSamePoll() throws IOException {
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            watches.add(fixture.watch(fixture.connection().channel(), Ops.WRITE));
        }
        for (Watch watch : watches) {
            fixture.expectReady(watch, Ops.WRITE);
        }
        watches.forEach(Watch::forget);
        watches.forEach(watch -> watch.react(() -> watches.forEach(Watch::cancel)));
        assertEquals(1, fixture.poller().poll(-1));
        assertEquals(1, watches.stream().mapToInt(Watch::reports).sum());
        assertEquals(0, fixture.poller().poll(TimeUnit.MILLISECONDS.toNanos(50)));
    }

    @Test
    void aClosedChannelDoesNotHideWhatIsReadyFromThePollAfterIt() throws IOException {
        Watch ready = fixture.watch(fixture.connection().channel(), Ops.WRITE);
        StreamChannel closing = fixture.connection().channel();
        Watch watch = fixture.watch(closing, Ops.WRITE);
        fixture.expectReady(watch, Ops.WRITE);
        watch.cancel();
        closing.close();
        ready.forget();
        fixture.poller().poll(0);
        assertEquals(1, ready.reports());
    }

    @Test
    void cancellingLeavesTheChannelOpen() throws IOException {
        Connection connection = fixture.connection();
        Watch watch = fixture.watch(connection.channel(), Ops.READ);
        watch.cancel();
        fixture.poller().poll(0);
        connection.send("a");
        assertEquals("a", fixture.read(connection.channel(), 1));
    }

    @Test
    void cancellingTwiceDoesNothing() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        Registration first = fixture.poller().register(channel, ops -> {});
        first.cancel();
        Watch second = fixture.watch(channel, Ops.WRITE);
        first.cancel();
        fixture.expectReady(second, Ops.WRITE);
    }

    @Test
    void aCancelledRegistrationTakesNoInterest() throws IOException {
        Watch watch = fixture.watch(fixture.connection().channel(), Ops.READ);
        watch.cancel();
        assertThrows(IllegalStateException.class, () -> watch.interest(Ops.READ));
    }

    @Test
    void aHandlerMayCancelAndCloseItsOwnChannel() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        Watch watch = fixture.watch(channel, Ops.WRITE);
        watch.react(() -> {
            watch.cancel();
            assertDoesNotThrow(channel::close);
        });
        fixture.poller().poll(-1);
        assertEquals(1, watch.reports());
        assertEquals(0, fixture.poller().poll(TimeUnit.MILLISECONDS.toNanos(50)));
    }

    @Test
    void aChannelIsRegisteredAtMostOnceAtATime() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        Watch watch = fixture.watch(channel, Ops.WRITE);
        assertThrows(IllegalStateException.class, () -> fixture.poller().register(channel, ops -> {}));
        try (Poller other = fixture.backend().openPoller()) {
            assertThrows(IllegalStateException.class, () -> other.register(channel, ops -> {}));
        }
        fixture.expectReady(watch, Ops.WRITE);
    }

    @Test
    void aChannelMayBeRegisteredAgainAtOnceAfterItsCancellation() throws IOException {
        Connection connection = fixture.connection();
        connection.send("a");
        for (int i = 0; i < 5; i++) {
            Watch watch = fixture.watch(connection.channel(), Ops.READ);
            if (i % 2 == 0) {
                fixture.expectReady(watch, Ops.READ);
            }
            watch.cancel();
        }
    }

    @Test
    void aHandlerMayRegisterItsChannelAgain() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        List<Watch> again = new ArrayList<>();
        Watch watch = fixture.watch(channel, Ops.WRITE);
        watch.react(() -> {
            watch.cancel();
            again.add(assertDoesNotThrow(() -> fixture.watch(channel, Ops.WRITE)));
        });
        fixture.poller().poll(-1);
        fixture.expectReady(again.get(0), Ops.WRITE);
        assertEquals(1, watch.reports());
    }

    @Test
    void aHandlerMayRegisterAnotherChannel() throws IOException {
        StreamChannel other = fixture.connection().channel();
        List<Watch> watches = new ArrayList<>();
        Watch watch = fixture.watch(fixture.connection().channel(), Ops.WRITE);
        watch.react(() -> {
            watch.interest(Ops.NONE);
            watches.add(assertDoesNotThrow(() -> fixture.watch(other, Ops.WRITE)));
        });
        fixture.poller().poll(-1);
        fixture.expectReady(watches.get(0), Ops.WRITE);
    }

    @Test
    void aChannelMayMoveToAnotherPoller() throws IOException {
        Connection connection = fixture.connection();
        Watch watch = fixture.watch(connection.channel(), Ops.READ);
        fixture.poller().poll(0);
        watch.cancel();
        try (Poller other = fixture.backend().openPoller()) {
            Watch moved = new Watch(other, connection.channel());
            moved.interest(Ops.READ);
            connection.send("a");
            Deadline.await("READ", () -> other.poll(-1) > 0);
            moved.cancel();
        }
        fixture.expectQuiet(watch);
        fixture.expectReady(fixture.watch(connection.channel(), Ops.READ), Ops.READ);
    }

    @Test
    void aForeignChannelIsNamed() {
        Channel foreign = new Channel() {
            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}

            @Override
            public String toString() {
                return "the culprit";
            }
        };
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> fixture.poller().register(foreign, ops -> {}));
        assertTrue(String.valueOf(e.getMessage()).contains("the culprit"), e::toString);
    }

    @Test
    void aClosedChannelCannotBeRegistered() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        channel.close();
        assertThrows(ClosedChannelException.class, () -> fixture.poller().register(channel, ops -> {}));
    }

    @ParameterizedTest
    @EnumSource(Ops.class)
    void channelThatIsClosedWhileRegisteredIsReportedOnce(Ops interest) throws IOException {
        Watch closed = fixture.watch(fixture.connection().channel(), interest);
        Watch other = fixture.watch(fixture.connection().channel(), Ops.READ);
        closed.channel().close();
        closed.interest(Ops.READ);
        assertTrue(fixture.poller().poll(-1) > 0);
        assertEquals(1, closed.closings());
        fixture.expectQuiet(other);
        assertEquals(1, closed.closings());
        assertEquals(0, closed.reports());
        closed.cancel();
    }

    @Test
    void channelThatIsClosedAfterItsCancelIsNotReported() throws IOException {
        Watch closed = fixture.watch(fixture.connection().channel(), Ops.READ);
        closed.cancel();
        closed.channel().close();
        fixture.expectQuiet(closed);
        assertEquals(0, closed.closings());
    }

    @Test
    void onlyAFreeChannelOfTheBackendIsRegistrable() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        fixture.backend().checkRegistrable(channel);
        Watch watch = fixture.watch(channel, Ops.NONE);
        assertThrows(IllegalStateException.class, () -> fixture.backend().checkRegistrable(channel));
        watch.cancel();
        fixture.backend().checkRegistrable(channel);
        try (SocketChannel foreign = SocketChannel.open()) {
            assertThrows(IllegalArgumentException.class, () -> fixture.backend().checkRegistrable(foreign));
        }
    }

    @Test
    void aHandlersExceptionLeavesThePoll() throws IOException {
        IllegalStateException thrown = new IllegalStateException("by the handler");
        Watch watch = fixture.watch(fixture.connection().channel(), Ops.WRITE);
        watch.react(() -> {
            throw thrown;
        });
        assertSame(
                thrown,
                assertThrows(IllegalStateException.class, () -> fixture.poller().poll(-1)));
        assertSame(
                thrown,
                assertThrows(IllegalStateException.class, () -> fixture.poller().poll(-1)));
        watch.react(() -> {});
        fixture.expectReady(watch, Ops.WRITE);
    }

    @Test
    void aHandlersErrorLeavesThePoll() throws IOException {
        Watch watch = fixture.watch(fixture.connection().channel(), Ops.WRITE);
        watch.react(() -> {
            throw new StackOverflowError("by the handler");
        });
        assertThrows(StackOverflowError.class, () -> fixture.poller().poll(-1));
    }

    @Test
    void whatAnExceptionKeptFromBeingReportedComesAgain() throws IOException {
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Watch watch = fixture.watch(fixture.connection().channel(), Ops.WRITE);
            watches.add(watch);
            watch.react(() -> {
                watch.interest(Ops.NONE);
                throw new IllegalStateException("by the handler");
            });
        }
        for (int i = 0; i < 5; i++) {
            assertThrows(IllegalStateException.class, () -> fixture.poller().poll(-1));
        }
        watches.forEach(watch -> assertEquals(1, watch.reports()));
    }

    @Test
    void handlersRunOnThePollingThreadBeforePollReturns() throws IOException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Watch watch = fixture.watch(fixture.connection().channel(), Ops.WRITE);
        watch.react(() -> thread.set(Thread.currentThread()));
        assertTrue(fixture.poller().poll(-1) > 0);
        assertSame(Thread.currentThread(), thread.get());
    }

    @Test
    void handlersRunAfterTheWait() throws IOException {
        Connection connection = fixture.connection();
        Watch watch = fixture.watch(connection.channel(), Ops.WRITE);
        watch.react(() -> {
            watch.interest(Ops.READ);
            assertDoesNotThrow(() -> connection.send("a"));
        });
        fixture.poller().poll(-1);
        assertEquals(Ops.WRITE, watch.reported());
        fixture.expectReady(watch, Ops.READ);
    }

    @Test
    void aSourceReportedTwiceInOnePollIsStillReady() throws IOException {
        Connection connection = fixture.connection();
        Watch watch = fixture.watch(connection.channel(), Ops.READ_WRITE);
        watch.react(() -> assertDoesNotThrow(() -> connection.channel().write(Bytes.heap("a"))));
        connection.send("b");
        fixture.expectReady(watch, Ops.READ_WRITE);
        assertTrue(watch.reports() >= 1);
    }
}
