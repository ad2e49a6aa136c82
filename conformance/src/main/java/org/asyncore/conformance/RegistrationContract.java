// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

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
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of a {@link Poller}: registrations and their handlers. */
@Timeout(120)
public abstract class RegistrationContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected RegistrationContract() {}

    @Test
    void newRegistrationReportsNothing() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        Registration registration = fixture.poller().register(channel, ops -> fail("reported " + ops));
        assertEquals(0, fixture.poller().poll(TimeUnit.MILLISECONDS.toNanos(50)));
        registration.cancel();
    }

    @Test
    void cancelledRegistrationIsNotReported() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ_WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        registration.cancel();
        connection.send("a");
        fixture.expectQuiet(registration);
        connection.reset();
        fixture.expectQuiet(registration);
    }

    @Test
    void closedChannelDoesNotHideReadinessFromTheNextPoll() throws IOException {
        RecordingRegistration ready = fixture.register(fixture.connection().channel(), Ops.WRITE);
        StreamChannel closing = fixture.connection().channel();
        RecordingRegistration registration = fixture.register(closing, Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        registration.cancel();
        closing.close();
        ready.forget();
        fixture.poller().poll(0);
        assertEquals(1, ready.reports());
    }

    @Test
    void cancelLeavesTheChannelOpen() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        registration.cancel();
        fixture.poller().poll(0);
        connection.send("a");
        assertEquals("a", fixture.read(connection.channel(), 1));
    }

    @Test
    void secondCancelDoesNothing() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        Registration first = fixture.poller().register(channel, ops -> {});
        first.cancel();
        RecordingRegistration second = fixture.register(channel, Ops.WRITE);
        first.cancel();
        fixture.expectReady(second, Ops.WRITE);
    }

    @Test
    void interestOfCancelledRegistrationIsRefused() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.READ);
        registration.cancel();
        assertThrows(IllegalStateException.class, () -> registration.interest(Ops.READ));
    }

    @Test
    void registeredChannelIsRefusedUntilItsCancel() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        RecordingRegistration registration = fixture.register(channel, Ops.WRITE);
        assertThrows(IllegalStateException.class, () -> fixture.poller().register(channel, ops -> {}));
        try (Poller other = fixture.backend().openPoller()) {
            assertThrows(IllegalStateException.class, () -> other.register(channel, ops -> {}));
        }
        fixture.expectReady(registration, Ops.WRITE);
    }

    @Test
    void cancelledChannelIsRegisteredAgainAtOnce() throws IOException {
        SocketConnection connection = fixture.connection();
        connection.send("a");
        for (int i = 0; i < 5; i++) {
            RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
            if (i % 2 == 0) {
                fixture.expectReady(registration, Ops.READ);
            }
            registration.cancel();
        }
    }

    @Test
    void channelMovesToAnotherPoller() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        fixture.poller().poll(0);
        registration.cancel();
        try (Poller other = fixture.backend().openPoller()) {
            RecordingRegistration moved = new RecordingRegistration(other, connection.channel());
            moved.interest(Ops.READ);
            connection.send("a");
            Deadline.await("READ", () -> other.poll(-1) > 0);
            moved.cancel();
        }
        fixture.expectQuiet(registration);
        fixture.expectReady(fixture.register(connection.channel(), Ops.READ), Ops.READ);
    }

    @Test
    void channelOfAnotherBackendIsRefusedByName() {
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
    void closedChannelIsNotRegistered() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        channel.close();
        assertThrows(ClosedChannelException.class, () -> fixture.poller().register(channel, ops -> {}));
    }

    @ParameterizedTest
    @EnumSource(Ops.class)
    void channelThatIsClosedWhileRegisteredIsReportedOnce(Ops interest) throws IOException {
        RecordingRegistration closed = fixture.register(fixture.connection().channel(), interest);
        RecordingRegistration other = fixture.register(fixture.connection().channel(), Ops.READ);
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
        RecordingRegistration closed = fixture.register(fixture.connection().channel(), Ops.READ);
        closed.cancel();
        closed.channel().close();
        fixture.expectQuiet(closed);
        assertEquals(0, closed.closings());
    }

    @Test
    void onlyAnUnregisteredChannelOfTheBackendIsRegistrable() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        fixture.backend().checkRegistrable(channel);
        RecordingRegistration registration = fixture.register(channel, Ops.NONE);
        assertThrows(IllegalStateException.class, () -> fixture.backend().checkRegistrable(channel));
        registration.cancel();
        fixture.backend().checkRegistrable(channel);
        try (SocketChannel foreign = SocketChannel.open()) {
            assertThrows(IllegalArgumentException.class, () -> fixture.backend().checkRegistrable(foreign));
        }
    }

    @Test
    void handlersRunOnThePollingThreadBeforePollReturns() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.WRITE);
        assertTrue(fixture.poller().poll(-1) > 0);
        assertSame(Thread.currentThread(), registration.reportedOn());
    }

    @Test
    void channelThatIsClosedAfterItsReportHidesNoOther() throws IOException {
        List<RecordingRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            registrations.add(fixture.register(fixture.connection().channel(), Ops.WRITE));
        }
        for (RecordingRegistration registration : registrations) {
            fixture.expectReady(registration, Ops.WRITE);
        }
        RecordingRegistration last = registrations.remove(4);
        for (RecordingRegistration registration : registrations) {
            registration.cancel();
            registration.channel().close();
            registration.forget();
        }
        fixture.expectReady(last, Ops.WRITE);
        registrations.forEach(registration -> assertEquals(0, registration.reports()));
    }

    /** Checks many changes, because Netty's kqueue calls the kernel when thousands are pending (4.2.18). */
    @Test
    void interestThatIsChangedThousandsOfTimesCallsNoHandler() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        registration.forget();
        for (int i = 0; i < 10_000; i++) {
            registration.interest(i % 2 == 0 ? Ops.READ : Ops.WRITE);
        }
        assertEquals(0, registration.reports());
        fixture.expectReady(registration, Ops.WRITE);
    }
}
