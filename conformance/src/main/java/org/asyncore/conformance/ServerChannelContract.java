// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.FutureTask;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of {@link ServerChannel}: listening and accepting. */
@Timeout(120)
public abstract class ServerChannelContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected ServerChannelContract() {}

    @Test
    void acceptReturnsNullWithoutAConnection() throws IOException {
        assertNull(fixture.server().accept());
    }

    @Test
    void pendingConnectionMakesTheListenerReadable() throws IOException {
        ServerChannel server = fixture.server();
        RecordingRegistration registration = fixture.register(server, Ops.READ);
        fixture.expectQuiet(registration);
        Socket peer = connect(server);
        fixture.expectReady(registration, Ops.READ);
        fixture.expectReady(registration, Ops.READ);
        StreamChannel accepted = fixture.accept(server);
        assertTrue(accepted.isConnected());
        assertTrue(accepted.finishConnect());
        assertEquals(peer.getLocalSocketAddress(), accepted.getRemoteAddress());
        assertEquals(server.getLocalAddress(), accepted.getLocalAddress());
        assertNull(server.accept());
        fixture.expectQuiet(registration);
    }

    private Socket connect(ServerChannel server) throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        return fixture.closing(new Socket(address.getAddress(), address.getPort()));
    }

    @Test
    void everyPendingConnectionIsAccepted() throws IOException {
        ServerChannel server = fixture.server();
        for (int i = 0; i < 20; i++) {
            connect(server);
        }
        for (int i = 0; i < 20; i++) {
            fixture.accept(server);
        }
        assertNull(server.accept());
    }

    @Test
    void acceptedChannelDoesNotBlockAndIsUnregistered() throws IOException {
        ServerChannel server = fixture.server();
        fixture.register(server, Ops.READ);
        connect(server);
        StreamChannel accepted = fixture.accept(server);
        assertEquals(0, accepted.read(ByteBuffer.allocate(1)));
        fixture.expectReady(fixture.register(accepted, Ops.WRITE), Ops.WRITE);
    }

    @Test
    void acceptedChannelIsServedByAnotherThread() throws Exception {
        ServerChannel server = fixture.server();
        Socket peer = connect(server);
        StreamChannel accepted = fixture.accept(server);
        FutureTask<String> serving = new FutureTask<>(() -> serve(accepted));
        new Thread(serving).start();
        peer.getOutputStream().write(Bytes.of("abc"));
        assertEquals("abc", serving.get());
    }

    private String serve(StreamChannel channel) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(3);
        try (Poller poller = fixture.backend().openPoller()) {
            RecordingRegistration registration = new RecordingRegistration(poller, channel);
            registration.interest(Ops.READ);
            while (target.hasRemaining()) {
                poller.poll(-1);
                channel.read(target);
            }
            registration.cancel();
        }
        return Bytes.taken(target);
    }

    @Test
    void connectionResetBeforeAcceptLeavesTheListenerOpen() throws IOException {
        ServerChannel server = fixture.server();
        reset(connect(server));
        Socket second = connect(server);
        StreamChannel accepted = fixture.accept(server);
        if (!second.getLocalSocketAddress().equals(accepted.getRemoteAddress())) {
            accepted = fixture.accept(server);
        }
        assertEquals(second.getLocalSocketAddress(), accepted.getRemoteAddress());
    }

    private static void reset(Socket peer) throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }

    @Test
    void bindToNullTakesAFreeAddress() throws IOException {
        ServerChannel server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
        assertNull(server.getLocalAddress());
        assertSame(server, server.bind(null));
        assertTrue(((InetSocketAddress) server.getLocalAddress()).getPort() > 0);
    }

    @Test
    void connectionIsAcceptedWithAnyBacklog() throws IOException {
        for (int backlog : new int[] {1, 5, 1_000_000}) {
            ServerChannel server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
            assertSame(server, server.bind(Loopback.v4(), backlog));
            connect(server);
            fixture.accept(server);
        }
    }

    @Test
    void addressInUseThrowsBindException() throws IOException {
        SocketAddress taken = fixture.server().getLocalAddress();
        ServerChannel second = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
        assertThrows(BindException.class, () -> second.bind(taken, 1));
        assertTrue(second.isOpen());
    }

    @Test
    void unresolvedAddressThrowsUnknownHostExceptionWithItsName() throws IOException {
        ServerChannel server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
        SocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
        Exception e = assertThrows(UnknownHostException.class, () -> server.bind(unknown));
        assertTrue(String.valueOf(e.getMessage()).contains("nowhere.invalid"), e::toString);
    }

    @Test
    void addressReuseIsOffByDefault() throws IOException {
        ServerChannel server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
        assertFalse(server.getOption(StandardSocketOptions.SO_REUSEADDR));
        assertSame(server, server.setOption(StandardSocketOptions.SO_REUSEADDR, true));
        assertTrue(server.getOption(StandardSocketOptions.SO_REUSEADDR));
        assertTrue(server.supportedOptions().contains(StandardSocketOptions.SO_RCVBUF));
    }

    @Test
    void closedListenerFreesItsPortByTheNextPoll() throws IOException {
        ServerChannel server = fixture.server();
        SocketAddress address = server.getLocalAddress();
        RecordingRegistration registration = fixture.register(server, Ops.READ);
        fixture.poller().poll(0);
        registration.cancel();
        server.close();
        fixture.poller().poll(0);
        ServerChannel next = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
        next.bind(address, 1);
        assertEquals(address, next.getLocalAddress());
    }

    @Test
    void secondCloseDoesNothing() throws IOException {
        ServerChannel server = fixture.server();
        server.close();
        server.close();
        assertFalse(server.isOpen());
    }

    @Test
    void everyUseOfClosedListenerThrowsClosedChannelException() throws IOException {
        ServerChannel server = fixture.server();
        server.close();
        assertThrows(ClosedChannelException.class, () -> server.accept());
        assertThrows(ClosedChannelException.class, server::getLocalAddress);
        assertThrows(ClosedChannelException.class, () -> server.bind(Loopback.v4()));
        assertThrows(ClosedChannelException.class, () -> server.getOption(StandardSocketOptions.SO_RCVBUF));
        assertFalse(server.toString().isEmpty());
    }

    @Test
    void ipv6BehavesAsIpv4() throws IOException {
        ServerChannel server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET6));
        assumeBound(server);
        StreamChannel client = fixture.closing(fixture.backend().openStream(StandardProtocolFamily.INET6));
        client.connect(server.getLocalAddress());
        fixture.expectReady(fixture.register(client, Ops.WRITE), Ops.WRITE);
        assertTrue(client.finishConnect());
        StreamChannel accepted = fixture.accept(server);
        assertEquals(server.getLocalAddress(), client.getRemoteAddress());
        assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
        client.write(Bytes.heap("abc"));
        assertEquals("abc", fixture.read(accepted, 3));
    }

    private static void assumeBound(ServerChannel server) {
        try {
            server.bind(Loopback.v6(), 5);
        } catch (IOException e) {
            Assumptions.abort("no IPv6 here: " + e);
        }
    }

    @Test
    void ipv6ListenerAcceptsIpv4Too() throws IOException {
        ServerChannel server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET6));
        server.bind(null, 5);
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        Socket peer = fixture.closing(new Socket(Loopback.v4().getAddress(), port));
        assertEquals(peer.getLocalSocketAddress(), fixture.accept(server).getRemoteAddress());
    }
}
