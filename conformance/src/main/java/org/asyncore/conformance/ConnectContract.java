// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of connecting streams, and of the readiness that a poller reports meanwhile. */
@Timeout(120)
public abstract class ConnectContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected ConnectContract() {}

    private ServerSocket listener() throws IOException {
        return fixture.serverSocket();
    }

    private StreamChannel connecting(SocketAddress remote) throws IOException {
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        channel.connect(remote);
        return channel;
    }

    /** Returns an address without a listener. */
    private static SocketAddress withoutListener() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, Loopback.v4().getAddress())) {
            return gone.getLocalSocketAddress();
        }
    }

    private StreamChannel refused() throws IOException {
        try {
            return connecting(withoutListener());
        } catch (ConnectException e) {
            return Assumptions.abort("refused at once");
        }
    }

    @Test
    void finishConnectReturnsTrueOnceTheConnectionIsEstablished() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        assertFalse(channel.isConnected());
        assertNull(channel.getRemoteAddress());
        if (!channel.connect(listener.getLocalSocketAddress())) {
            assertFalse(channel.isConnected());
            fixture.expectReady(fixture.register(channel, Ops.WRITE), Ops.WRITE);
            assertTrue(channel.finishConnect());
        }
        assertTrue(channel.finishConnect());
        assertTrue(channel.isConnected());
        Socket peer = fixture.closing(listener.accept());
        assertEquals(listener.getLocalSocketAddress(), channel.getRemoteAddress());
        assertEquals(peer.getRemoteSocketAddress(), channel.getLocalAddress());
    }

    @Test
    void finishConnectNeedsNoPoll() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = connecting(listener.getLocalSocketAddress());
        Deadline.await("the connection", channel::finishConnect);
        Socket peer = fixture.closing(listener.accept());
        channel.write(Bytes.heap("a"));
        assertEquals('a', peer.getInputStream().read());
    }

    @Test
    void connectionFinishedAfterRegisteringIsReported() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = connecting(listener.getLocalSocketAddress());
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        Deadline.await("the connection", channel::finishConnect);
        fixture.expectQuiet(registration);
        registration.interest(Ops.READ_WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        assertEquals(Ops.WRITE, registration.reported());
        fixture.closing(listener.accept()).getOutputStream().write('a');
        fixture.expectReady(registration, Ops.READ);
    }

    @Test
    void channelIsRegisteredBeforeItConnects() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        RecordingRegistration registration = fixture.register(channel, Ops.NONE);
        assertEquals(0, fixture.poller().poll(0));
        channel.connect(listener.getLocalSocketAddress());
        registration.interest(Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        assertTrue(channel.finishConnect());
    }

    @Test
    void establishedConnectionIsNotReadable() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = connecting(listener.getLocalSocketAddress());
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        Socket peer = fixture.closing(listener.accept());
        fixture.expectQuiet(registration);
        peer.getOutputStream().write('a');
        fixture.expectReady(registration, Ops.READ);
        assertTrue(channel.finishConnect());
        assertEquals("a", fixture.read(channel, 1));
    }

    @Test
    void endIsReadFromConnectionThatWasNotFinished() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = connecting(listener.getLocalSocketAddress());
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        listener.accept().close();
        fixture.expectReady(registration, Ops.READ);
        assertTrue(channel.finishConnect());
        assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
    }

    @Test
    void greetingThatHasArrivedIsReportedWithTheConnection() throws IOException {
        assertGreetingIsReportedWithTheConnection(-1);
    }

    @Test
    void greetingThatHasArrivedIsReportedWithoutWaiting() throws IOException {
        assertGreetingIsReportedWithTheConnection(0);
    }

    private void assertGreetingIsReportedWithTheConnection(long timeoutNanos) throws IOException {
        ServerSocket listener = listener();
        Ops reported = Ops.NONE;
        for (int attempts = 0; reported != Ops.READ_WRITE && attempts < 20; attempts++) {
            StreamChannel channel = connecting(listener.getLocalSocketAddress());
            fixture.closing(listener.accept()).getOutputStream().write('a');
            RecordingRegistration registration = fixture.register(channel, Ops.READ_WRITE);
            fixture.poller().poll(timeoutNanos);
            reported = registration.reported();
            registration.cancel();
        }
        assertEquals(Ops.READ_WRITE, reported, "no attempt reported the greeting together with the connection");
    }

    @Test
    void interestNoneReportsNothingWhileConnecting() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = connecting(listener.getLocalSocketAddress());
        RecordingRegistration registration = fixture.register(channel, Ops.WRITE);
        registration.interest(Ops.NONE);
        fixture.expectQuiet(registration);
        registration.interest(Ops.WRITE);
        fixture.expectReady(registration, Ops.WRITE);
        assertTrue(channel.finishConnect());
    }

    @Test
    void pendingConnectReportsNothing() throws IOException {
        ServerSocket listener =
                fixture.closing(new ServerSocket(0, 1, Loopback.v4().getAddress()));
        StreamChannel channel = connecting(listener.getLocalSocketAddress());
        for (int i = 0; i < 10 && channel.finishConnect(); i++) {
            channel = connecting(listener.getLocalSocketAddress());
        }
        Assumptions.assumeFalse(channel.finishConnect(), "this system allows any number of pending connections");
        RecordingRegistration registration = fixture.register(channel, Ops.READ_WRITE);
        fixture.expectQuiet(registration);
        assertFalse(channel.finishConnect());
    }

    @Test
    void refusedConnectThrowsConnectException() throws IOException {
        StreamChannel channel = refused();
        fixture.expectReady(fixture.register(channel, Ops.WRITE), Ops.WRITE);
        assertThrows(ConnectException.class, channel::finishConnect);
        assertFalse(channel.isConnected());
        assertTrue(channel.isOpen());
    }

    @Test
    void refusedConnectFailsWithoutAPoll() throws IOException {
        StreamChannel channel = refused();
        assertThrows(ConnectException.class, () -> Deadline.await("the refusal", channel::finishConnect));
    }

    @Test
    void refusedConnectIsReportedAsEveryOpInTheInterest() throws IOException {
        for (Ops interest : List.of(Ops.READ, Ops.WRITE, Ops.READ_WRITE)) {
            RecordingRegistration registration = fixture.register(refused(), interest);
            for (int i = 0; i < 3; i++) {
                fixture.expectReady(registration, interest);
            }
            registration.interest(Ops.NONE);
            fixture.expectQuiet(registration);
            registration.interest(interest);
            fixture.expectReady(registration, interest);
            registration.cancel();
            fixture.expectQuiet(registration);
        }
    }

    @Test
    void refusedChannelNeitherReadsNorWrites() throws IOException {
        StreamChannel channel = refused();
        fixture.expectReady(fixture.register(channel, Ops.READ_WRITE), Ops.READ_WRITE);
        assertThrows(ConnectException.class, channel::finishConnect);
        assertFails(() -> channel.read(ByteBuffer.allocate(1)));
        assertFails(() -> channel.write(Bytes.heap("a")));
    }

    @Test
    void unconnectedChannelNeitherReadsNorWrites() throws IOException {
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        assertFails(() -> channel.read(ByteBuffer.allocate(1)));
        assertFails(() -> channel.write(Bytes.heap("a")));
    }

    private static void assertFails(Callable<?> use) {
        Exception e = assertThrows(Exception.class, use::call);
        assertTrue(e instanceof IOException || e instanceof NotYetConnectedException, e::toString);
    }

    @Test
    void connectingChannelIsClosed() throws IOException {
        StreamChannel channel = connecting(listener().getLocalSocketAddress());
        RecordingRegistration registration = fixture.register(channel, Ops.READ_WRITE);
        registration.cancel();
        channel.close();
        fixture.expectQuiet(registration);
        assertThrows(ClosedChannelException.class, channel::finishConnect);
    }

    @Test
    void unresolvedAddressThrowsUnknownHostExceptionWithItsName() throws IOException {
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        SocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 80);
        Exception e = assertThrows(UnknownHostException.class, () -> channel.connect(unknown));
        assertTrue(String.valueOf(e.getMessage()).contains("nowhere.invalid"), e::toString);
    }

    @Test
    void addressOfAnotherFamilyIsRefusedByName() throws IOException {
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        SocketAddress v6 = Loopback.v6();
        Exception e = assertThrows(IllegalArgumentException.class, () -> channel.connect(v6));
        assertTrue(String.valueOf(e.getMessage()).contains(v6.toString()), e::toString);
    }

    @Test
    void channelIsBoundBeforeItConnects() throws IOException {
        ServerSocket listener = listener();
        StreamChannel channel = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET));
        assertSame(channel, channel.bind(Loopback.v4()));
        SocketAddress local = channel.getLocalAddress();
        channel.connect(listener.getLocalSocketAddress());
        assertEquals(local, fixture.closing(listener.accept()).getRemoteSocketAddress());
    }
}
