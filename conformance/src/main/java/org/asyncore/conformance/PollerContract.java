// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a {@link Poller}: readiness, timeouts and closing. */
@Timeout(120)
public abstract class PollerContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected PollerContract() {}

    @Test
    void readinessIsReportedByEveryPollWhileItLasts() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        connection.send("ab");
        for (int i = 0; i < 3; i++) {
            fixture.expectReady(registration, Ops.READ);
        }
        assertEquals("a", fixture.read(connection.channel(), 1));
        fixture.expectReady(registration, Ops.READ);
        assertEquals("b", fixture.read(connection.channel(), 1));
        fixture.expectQuiet(registration);
    }

    @Test
    void endOfTheStreamIsReportedByEveryPoll() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        connection.peer().shutdownOutput();
        for (int i = 0; i < 3; i++) {
            fixture.expectReady(registration, Ops.READ);
            assertEquals(-1, connection.channel().read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void roomToWriteIsReportedByEveryPoll() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.WRITE);
        for (int i = 0; i < 3; i++) {
            fixture.expectReady(registration, Ops.WRITE);
        }
    }

    @Test
    void fullChannelIsReportedOnceItsPeerHasRead() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.NONE);
        fixture.fill(connection.channel(), registration);
        fixture.expectQuiet(registration);
        Thread reader = new Thread(() -> drain(connection.peer()));
        reader.start();
        fixture.expectReady(registration, Ops.WRITE);
        connection.channel().close();
    }

    private static void drain(Socket peer) {
        try {
            peer.getInputStream().readAllBytes();
        } catch (IOException e) {
            // the test is over
        }
    }

    @Test
    void onlyOpsInTheInterestAreReported() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        fixture.expectQuiet(registration);
        connection.send("a");
        registration.interest(Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        assertEquals(Ops.WRITE, registration.reported());
        registration.interest(Ops.READ);
        fixture.expectReady(registration, Ops.READ);
        assertEquals(Ops.READ, registration.reported());
    }

    @Test
    void readAndWriteAreReportedByOnePoll() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        connection.send("a");
        fixture.expectReady(registration, Ops.READ);
        registration.interest(Ops.READ_WRITE);
        registration.forget();
        fixture.poller().poll(-1);
        assertEquals(Ops.READ_WRITE, registration.reported());
    }

    @Test
    void resetIsReportedAsEveryOpInTheInterest() throws IOException {
        for (Ops interest : List.of(Ops.READ, Ops.WRITE, Ops.READ_WRITE)) {
            SocketConnection connection = fixture.connection();
            RecordingRegistration registration = fixture.register(connection.channel(), Ops.NONE);
            fixture.fill(connection.channel(), registration);
            registration.interest(interest);
            connection.reset();
            fixture.expectReady(registration, interest);
            assertThrows(IOException.class, () -> connection.channel().read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void hangUpIsReportedAsEveryOpInTheInterest() throws IOException {
        for (Ops interest : List.of(Ops.READ, Ops.WRITE, Ops.READ_WRITE)) {
            SocketConnection connection = fixture.connection();
            RecordingRegistration registration = fixture.register(connection.channel(), interest);
            connection.channel().shutdownOutput();
            connection.peer().close();
            fixture.expectReady(registration, interest);
            assertEquals(-1, connection.channel().read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void interestNoneReportsNothingAndDoesNotSpin() throws IOException {
        SocketConnection reset = fixture.connection();
        SocketConnection hungUp = fixture.connection();
        RecordingRegistration first = fixture.register(reset.channel(), Ops.NONE);
        RecordingRegistration second = fixture.register(hungUp.channel(), Ops.READ_WRITE);
        fixture.expectReady(second, Ops.WRITE);
        second.interest(Ops.NONE);
        fixture.poller().poll(0);
        reset.reset();
        hungUp.channel().shutdownOutput();
        hungUp.peer().close();
        fixture.expectQuiet(first);
        fixture.expectQuiet(second);
        assertWaits(TimeUnit.MILLISECONDS.toNanos(50));
    }

    @Test
    void readinessDuringInterestNoneIsReportedLater() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        fixture.poller().poll(0);
        registration.interest(Ops.NONE);
        connection.send("a");
        fixture.expectQuiet(registration);
        registration.interest(Ops.READ);
        fixture.expectReady(registration, Ops.READ);
        registration.interest(Ops.NONE);
        connection.reset();
        fixture.expectQuiet(registration);
        registration.interest(Ops.READ_WRITE);
        fixture.expectReady(registration, Ops.READ_WRITE);
    }

    @Test
    void interestTakesEffectByTheNextPoll() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.NONE);
        for (Ops ops : List.of(Ops.WRITE, Ops.NONE, Ops.NONE, Ops.READ, Ops.WRITE, Ops.READ_WRITE, Ops.READ)) {
            registration.interest(ops);
            if (ops.writes()) {
                fixture.expectReady(registration, Ops.WRITE);
            } else {
                fixture.expectQuiet(registration);
            }
        }
    }

    @Test
    void lastInterestBeforeAPollCounts() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.WRITE);
        registration.interest(Ops.NONE);
        registration.interest(Ops.READ);
        fixture.expectQuiet(registration);
        registration.interest(Ops.NONE);
        registration.interest(Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
    }

    @Test
    void pollWaitsAtLeastTheTimeout() throws IOException {
        fixture.register(fixture.connection().channel(), Ops.READ);
        for (long nanos : new long[] {1, 1_000, 499_999, 500_001, 999_999, 1_000_000, 1_500_000, 20_000_001}) {
            for (int i = 0; i < 3; i++) {
                assertWaits(nanos);
            }
        }
    }

    private void assertWaits(long nanos) throws IOException {
        long start = System.nanoTime();
        int reports = fixture.poller().poll(nanos);
        long waited = System.nanoTime() - start;
        assertEquals(0, reports);
        assertTrue(waited >= nanos, () -> "waited " + waited + " ns instead of " + nanos);
    }

    @Test
    void pollOfZeroDoesNotWait() throws IOException {
        fixture.register(fixture.connection().channel(), Ops.READ);
        assertEquals(0, fixture.poller().poll(0));
    }

    @Test
    void pollOfZeroReportsWhatIsReady() throws IOException {
        RecordingRegistration registration =
                fixture.register(fixture.connection().channel(), Ops.WRITE);
        Deadline.await("WRITE", () -> fixture.poller().poll(0) > 0);
        assertEquals(Ops.WRITE, registration.reported());
    }

    @Test
    void readinessEndsAPollWithALongTimeout() throws IOException {
        for (long nanos : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, TimeUnit.DAYS.toNanos(365)}) {
            SocketConnection connection = fixture.connection();
            RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
            Thread sender = new Thread(() -> assertDoesNotThrow(() -> connection.send("a")));
            sender.start();
            while (registration.reports() == 0) {
                fixture.poller().poll(nanos);
            }
            registration.cancel();
        }
    }

    @Test
    void pollReturnsTheNumberOfReports() throws IOException {
        List<RecordingRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            registrations.add(fixture.register(fixture.connection().channel(), Ops.WRITE));
        }
        for (RecordingRegistration registration : registrations) {
            fixture.expectReady(registration, Ops.WRITE);
        }
        registrations.forEach(RecordingRegistration::forget);
        int reports = fixture.poller().poll(-1);
        assertTrue(reports > 0);
        assertEquals(
                reports,
                registrations.stream().mapToInt(RecordingRegistration::reports).sum());
    }

    @Test
    void secondCloseDoesNothing() throws IOException {
        fixture.poller().close();
        fixture.poller().close();
    }

    @Test
    void closeOfThePollerCancelsRegistrationsAndClosesNoChannel() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        fixture.poller().close();
        assertTrue(connection.channel().isOpen());
        assertThrows(IllegalStateException.class, () -> registration.interest(Ops.WRITE));
        registration.cancel();
        connection.send("a");
        assertEquals("a", fixture.read(connection.channel(), 1));
        try (Poller other = fixture.backend().openPoller()) {
            RecordingRegistration again = new RecordingRegistration(other, connection.channel());
            again.interest(Ops.WRITE);
            Deadline.await("WRITE", () -> other.poll(-1) > 0);
            again.cancel();
        }
    }

    @Test
    void closedPollerNeitherRegistersNorPolls() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        fixture.poller().close();
        fixture.poller().wakeup();
        assertThrows(IllegalStateException.class, () -> fixture.poller().register(channel, ops -> {}));
        assertThrows(IllegalStateException.class, () -> fixture.poller().poll(0));
        assertThrows(IllegalStateException.class, () -> fixture.poller().poll(-1));
    }

    @Test
    void thousandsOfChannelsAreReported() throws IOException {
        List<RecordingRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            DatagramSocketChannel channel =
                    fixture.closing(fixture.backend().openDatagram(StandardProtocolFamily.INET));
            channel.bind(Loopback.v4());
            registrations.add(fixture.register(channel, Ops.WRITE));
        }
        Deadline.await("all of them", () -> {
            fixture.poller().poll(-1);
            return registrations.stream().allMatch(registration -> registration.has(Ops.WRITE));
        });
    }
}
