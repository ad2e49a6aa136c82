// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of sockets in their states: bind, listen, connect, datagrams with and without a peer, options. */
@Timeout(120)
public abstract class SocketContract {
    private static final Duration SHORT = Duration.ofMillis(50);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private final List<SocketAddress> accepted = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected SocketContract() {}

    private final class Plain extends SocketDispatcher {
        Plain() {
            super(fixture.loop());
        }

        @Override
        public void handleConnect() {}

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
            accepted.add(remote);
            channel.close();
        }
    }

    private static InetSocketAddress loopback() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    private SocketDispatcher socket(ProtocolFamily family, SocketType type) throws IOException {
        SocketDispatcher socket = new Plain();
        try {
            socket.createSocket(family, type);
        } catch (UnsupportedOperationException e) {
            Assumptions.abort("no such sockets here: " + e);
        }
        return socket;
    }

    private SocketDispatcher stream() throws IOException {
        return socket(StandardProtocolFamily.INET, SocketType.STREAM);
    }

    private SocketDispatcher listener(int backlog) throws IOException {
        SocketDispatcher listener = stream();
        listener.bind(loopback());
        listener.listen(backlog);
        return listener;
    }

    private SocketDispatcher datagram() throws IOException {
        SocketDispatcher socket = socket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        socket.bind(loopback());
        return socket;
    }

    private static SocketAddress address(SocketDispatcher socket) {
        return Objects.requireNonNull(socket.localAddress());
    }

    private Socket connect(SocketDispatcher listener) throws IOException {
        InetSocketAddress address = (InetSocketAddress) address(listener);
        return fixture.closing(new Socket(address.getAddress(), address.getPort()));
    }

    private void acceptAll(int count) {
        runUntil(() -> accepted.size() >= count);
        assertEquals(count, accepted.size());
    }

    private void runUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not happen in time");
            fixture.loop().run(SHORT, 1);
        }
    }

    // Listening.

    @Test
    void secondListenKeepsPendingConnections() throws IOException {
        SocketDispatcher listener = listener(5);
        SocketAddress address = address(listener);
        connect(listener);
        listener.listen(7);
        assertEquals(address, listener.localAddress());
        connect(listener);
        acceptAll(2);
    }

    @Test
    void listenAfterAnAcceptSucceeds() throws IOException {
        SocketDispatcher listener = listener(5);
        connect(listener);
        acceptAll(1);
        listener.listen(1);
        assertTrue(listener.accepting());
        connect(listener);
        acceptAll(2);
    }

    @Test
    void backlogOfZeroAcceptsAtLeastOneConnection() throws IOException {
        SocketDispatcher listener = listener(0);
        connect(listener);
        acceptAll(1);
        SocketDispatcher negative = listener(-1);
        connect(negative);
        acceptAll(2);
    }

    @Test
    void listenKeepsThePlaceInTheLoop() throws IOException {
        SocketDispatcher first = stream();
        SocketDispatcher second = stream();
        first.bind(loopback());
        first.listen(1);
        assertEquals(List.of(first, second), List.copyOf(fixture.loop().dispatchers()));
    }

    @Test
    void listenOutsideOfTheLoopDoesNotJoinIt() throws IOException {
        SocketDispatcher listener = stream();
        listener.delChannel();
        listener.listen(1);
        assertEquals(List.of(), List.copyOf(fixture.loop().dispatchers()));
        listener.addChannel();
        connect(listener);
        acceptAll(1);
    }

    @Test
    void listenOnUnboundSocketTakesAFreePort() throws IOException {
        SocketDispatcher listener = stream();
        listener.listen(1);
        assertNotEquals(0, ((InetSocketAddress) address(listener)).getPort());
    }

    @Test
    void listenOnConnectedSocketThrowsBindException() throws IOException {
        SocketDispatcher listener = listener(1);
        SocketDispatcher client = stream();
        client.connect(address(listener));
        assertThrows(BindException.class, () -> client.listen(1));
        runUntil(client::connected);
        assertThrows(BindException.class, () -> client.listen(1));
        assertTrue(client.connected());
    }

    @Test
    void listenOnDatagramSocketIsIllegal() throws IOException {
        SocketDispatcher socket = datagram();
        assertThrows(IllegalStateException.class, () -> socket.listen(1));
        assertEquals(1, socket.sendTo(ByteBuffer.allocate(1), address(socket)));
    }

    @Test
    void listenerHasTheOptionsOfItsSocket() throws IOException {
        SocketDispatcher listener = stream();
        listener.setReuseAddr();
        listener.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
        listener.bind(loopback());
        listener.listen(1);
        assertTrue(listener.getOption(StandardSocketOptions.SO_REUSEADDR));
        assertTrue(listener.getOption(StandardSocketOptions.SO_RCVBUF) >= 20_000);
    }

    @Test
    void unixDomainSocketListensWhereItWasBound() throws IOException {
        SocketDispatcher listener = socket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        assertThrows(BindException.class, () -> listener.listen(1));
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        listener.bind(address);
        listener.listen(5);
        listener.listen(6);
        assertEquals(address, listener.localAddress());
        fixture.closing(SocketChannel.open(address));
        acceptAll(1);
    }

    @Test
    void secondBindThrowsBindException() throws IOException {
        SocketDispatcher stream = stream();
        stream.bind(loopback());
        assertThrows(BindException.class, () -> stream.bind(loopback()));
        SocketDispatcher datagram = datagram();
        assertThrows(BindException.class, () -> datagram.bind(loopback()));
        SocketDispatcher listener = listener(1);
        assertThrows(BindException.class, () -> listener.bind(loopback()));
        SocketDispatcher client = stream();
        client.connect(address(listener));
        assertThrows(BindException.class, () -> client.bind(loopback()));
    }

    @Test
    void operationOfAnotherKindOfSocketIsIllegal() throws IOException {
        SocketDispatcher stream = stream();
        SocketDispatcher datagram = datagram();
        SocketDispatcher listener = listener(1);
        ByteBuffer buffer = ByteBuffer.allocate(1);
        assertThrows(IllegalStateException.class, () -> stream.accept());
        assertThrows(IllegalStateException.class, () -> datagram.accept());
        for (SocketDispatcher other : List.of(stream, listener)) {
            assertThrows(IllegalStateException.class, () -> other.recvFrom(buffer));
            assertThrows(IllegalStateException.class, () -> other.sendTo(buffer, loopback()));
        }
        assertThrows(IllegalStateException.class, () -> listener.connect(address(listener)));
        assertTrue(listener.accepting());
    }

    // Options.

    @Test
    void setReuseAddrIsIgnoredBySocketsThatHaveNoSuchOption() throws IOException {
        SocketDispatcher socket = socket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        assertDoesNotThrow(socket::setReuseAddr);
        SocketDispatcher listener = socket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        listener.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
        listener.listen(1);
        assertDoesNotThrow(listener::setReuseAddr);
        listener.close();
        assertDoesNotThrow(listener::setReuseAddr);
    }

    @Test
    void optionsOfAnotherKindOfSocketAreUnsupported() throws IOException {
        SocketDispatcher unix = socket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        for (SocketOption<Boolean> option : List.of(
                StandardSocketOptions.SO_REUSEADDR,
                StandardSocketOptions.SO_KEEPALIVE,
                StandardSocketOptions.TCP_NODELAY)) {
            assertThrows(UnsupportedOperationException.class, () -> unix.setOption(option, true), option::name);
            assertThrows(UnsupportedOperationException.class, () -> unix.getOption(option), option::name);
        }
        SocketDispatcher datagram = datagram();
        assertThrows(
                UnsupportedOperationException.class, () -> datagram.setOption(StandardSocketOptions.TCP_NODELAY, true));
        SocketDispatcher listener = listener(1);
        assertThrows(
                UnsupportedOperationException.class, () -> listener.setOption(StandardSocketOptions.SO_SNDBUF, 4096));
    }

    @Test
    void invalidOptionValueIsIllegal() throws IOException {
        SocketDispatcher socket = stream();
        assertIllegal(socket, StandardSocketOptions.SO_RCVBUF, -1);
        assertIllegal(socket, StandardSocketOptions.SO_SNDBUF, -1);
        assertIllegal(socket, StandardSocketOptions.IP_TOS, 256);
        assertIllegal(datagram(), StandardSocketOptions.IP_TOS, -1);
    }

    private static void assertIllegal(SocketDispatcher socket, SocketOption<Integer> option, int value) {
        assertThrows(IllegalArgumentException.class, () -> socket.setOption(option, value), option::name);
    }

    @Test
    void lingerIsLimitedAndCanBeSwitchedOff() throws IOException {
        SocketDispatcher socket = stream();
        for (int[] setAndGet : new int[][] {{-5, -1}, {0, 0}, {7, 7}, {100_000, 65_535}}) {
            socket.setOption(StandardSocketOptions.SO_LINGER, setAndGet[0]);
            assertEquals(setAndGet[1], socket.getOption(StandardSocketOptions.SO_LINGER));
        }
    }
}
