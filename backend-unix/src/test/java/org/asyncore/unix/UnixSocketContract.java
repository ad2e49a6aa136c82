// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.conformance.Loopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of the channels over Netty's sockets, on epoll and kqueue. */
@SuppressWarnings("try") // some tests close a channel before the end of its block
@Timeout(60)
public abstract class UnixSocketContract {
    @TempDir
    Path directory;

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @Test
    void inetSocketHasAnIpv4Address() throws IOException {
        try (ServerChannel server = backend.get().openServer(StandardProtocolFamily.INET)) {
            server.bind(null);
            InetSocketAddress local = (InetSocketAddress) server.getLocalAddress();
            assertInstanceOf(Inet4Address.class, local.getAddress());
            assertTrue(local.getPort() > 0);
        }
    }

    @Test
    void inet6SocketHasAnIpv6Address() throws IOException {
        try (ServerChannel server = backend.get().openServer(StandardProtocolFamily.INET6);
                StreamChannel client = backend.get().openStream(StandardProtocolFamily.INET6)) {
            server.bind(Loopback.v6());
            try (StreamChannel accepted = connected(client, server)) {
                InetSocketAddress remote = (InetSocketAddress) accepted.getRemoteAddress();
                assertInstanceOf(Inet6Address.class, remote.getAddress());
                assertEquals(client.getLocalAddress(), remote);
            }
        }
    }

    @Test
    void acceptedConnectionHasThePeerAddressOfAccept() throws IOException {
        try (ServerChannel server = server(StandardProtocolFamily.INET);
                StreamChannel client = backend.get().openStream(StandardProtocolFamily.INET);
                StreamChannel accepted = connected(client, server)) {
            assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
            assertEquals(client.getRemoteAddress(), accepted.getLocalAddress());
            assertTrue(accepted.toString().contains(accepted.getRemoteAddress().toString()), accepted.toString());
        }
    }

    @Test
    void unixDomainSocketHasAPath() throws IOException {
        SocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        assertExchangesBytes(address);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pathWithAnAtSignIsAbstractOnLinux() throws IOException {
        Path name = Path.of("@asyncore-" + UUID.randomUUID());
        assertExchangesBytes(UnixDomainSocketAddress.of(name));
        assertFalse(Files.exists(name));
    }

    @Test
    void unixDomainSocketBoundToNullGetsANewPath() throws IOException {
        try (ServerChannel server = backend.get().openServer(StandardProtocolFamily.UNIX)) {
            server.bind(null);
            UnixDomainSocketAddress local = (UnixDomainSocketAddress) server.getLocalAddress();
            assertTrue(Files.deleteIfExists(local.getPath()));
        }
    }

    /** Checks that the file at the path stays, because Netty unlinks a path before it binds. */
    @Test
    void bindDoesNotRemoveAFileAtThePath() throws IOException {
        Path file = Files.writeString(directory.resolve("precious"), "kept");
        try (ServerChannel server = backend.get().openServer(StandardProtocolFamily.UNIX)) {
            assertThrows(BindException.class, () -> server.bind(UnixDomainSocketAddress.of(file)));
        }
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void addressInUseThrowsBindException() throws IOException {
        try (ServerChannel server = server(StandardProtocolFamily.INET);
                ServerChannel second = backend.get().openServer(StandardProtocolFamily.INET)) {
            SocketAddress address = server.getLocalAddress();
            var e = assertThrows(BindException.class, () -> second.bind(address));
            assertEquals("Address already in use", e.getMessage());
        }
    }

    @Test
    void refusedConnectionThrowsConnectException() throws IOException {
        SocketAddress withoutListener;
        try (ServerChannel server = server(StandardProtocolFamily.INET)) {
            withoutListener = server.getLocalAddress();
        }
        try (StreamChannel client = backend.get().openStream(StandardProtocolFamily.INET)) {
            var e = assertThrows(ConnectException.class, () -> {
                client.connect(withoutListener);
                finish(client);
            });
            assertEquals("Connection refused", e.getMessage());
            assertThrows(NotYetConnectedException.class, () -> client.read(ByteBuffer.allocate(1)));
        }
    }

    /** Checks a pending connection, which is connected for Netty because there is no error. */
    @Test
    void pendingConnectionIsNotFinished() throws IOException {
        try (ServerChannel full = backend.get().openServer(StandardProtocolFamily.INET)) {
            full.bind(Loopback.v4(), 1);
            StreamChannel[] clients = new StreamChannel[6]; // more than the queue holds: the last ones stay pending
            for (int i = 0; i < clients.length; i++) {
                clients[i] = backend.get().openStream(StandardProtocolFamily.INET);
                clients[i].connect(full.getLocalAddress());
            }
            StreamChannel last = clients[clients.length - 1];
            assertFalse(last.finishConnect());
            assertFalse(last.isConnected());
            assertNull(last.getRemoteAddress());
            for (StreamChannel client : clients) {
                client.close();
            }
        }
    }

    @Test
    void exceptionOfAResetNamesThePeer() throws IOException {
        try (ServerChannel server = server(StandardProtocolFamily.INET);
                StreamChannel client = backend.get().openStream(StandardProtocolFamily.INET);
                StreamChannel accepted = connected(client, server)) {
            String peer = accepted.getRemoteAddress().toString();
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close();
            var e = assertThrows(IOException.class, () -> {
                while (accepted.read(ByteBuffer.allocate(1)) == 0) {
                    Thread.onSpinWait();
                }
            });
            assertTrue(e.getMessage().contains(peer), e.getMessage());
        }
    }

    /** Checks that a write of a heap buffer ends only when the socket is full. */
    @Test
    void heapBufferIsWrittenUntilTheSocketIsFull() throws IOException {
        try (ServerChannel server = server(StandardProtocolFamily.INET);
                StreamChannel client = backend.get().openStream(StandardProtocolFamily.INET);
                StreamChannel accepted = connected(client, server)) {
            ByteBuffer big = ByteBuffer.allocate(64 << 20);
            int n = client.write(big);
            assertEquals(n, big.position());
            assertTrue(n > ScratchBuffer.BYTES, n + " bytes were written");
            ByteBuffer first = ByteBuffer.allocate(1);
            while (accepted.read(first) == 0) {
                Thread.onSpinWait();
            }
            assertEquals(1, first.position());
        }
    }

    @Test
    void optionsReturnTheValuesThatWereSet() throws IOException {
        try (ServerChannel server = server(StandardProtocolFamily.INET);
                StreamChannel client = backend.get().openStream(StandardProtocolFamily.INET);
                StreamChannel accepted = connected(client, server)) {
            assertFalse(server.getOption(StandardSocketOptions.SO_REUSEADDR));
            assertTrue(accepted.setOption(StandardSocketOptions.TCP_NODELAY, true) == accepted);
            assertTrue(accepted.getOption(StandardSocketOptions.TCP_NODELAY));
            assertEquals(-1, accepted.getOption(StandardSocketOptions.SO_LINGER));
            accepted.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
            assertEquals(20_000, accepted.getOption(StandardSocketOptions.SO_RCVBUF));
            accepted.setOption(jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE, 77);
            assertEquals(77, accepted.getOption(jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE));
            for (var option : accepted.supportedOptions()) {
                assertNotNull(accepted.getOption(option), option.name());
            }
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> accepted.setOption(StandardSocketOptions.SO_BROADCAST, true));
        }
    }

    @Test
    void datagramsKeepTheirBoundaries() throws IOException {
        try (DatagramSocketChannel a = datagram();
                DatagramSocketChannel b = datagram()) {
            assertEquals(2, a.send(ByteBuffer.wrap(bytes("ab")), b.getLocalAddress()));
            assertEquals(0, a.send(ByteBuffer.allocate(0), b.getLocalAddress()));
            ByteBuffer target = ByteBuffer.allocate(10);
            assertEquals(a.getLocalAddress(), receive(b, target));
            assertEquals(2, target.position());
            assertEquals(a.getLocalAddress(), receive(b, target));
            assertEquals(2, target.position());
            assertNull(b.receive(target));
            b.connect(a.getLocalAddress());
            assertEquals(1, b.write(ByteBuffer.wrap(bytes("c"))));
        }
    }

    @Test
    void refusedDatagramThrowsPortUnreachable() throws IOException {
        try (DatagramSocketChannel a = datagram();
                DatagramSocketChannel b = datagram()) {
            a.connect(b.getLocalAddress());
            b.close();
            assertThrows(PortUnreachableException.class, () -> {
                while (true) {
                    a.write(ByteBuffer.wrap(bytes("x")));
                    a.read(ByteBuffer.allocate(1));
                }
            });
        }
    }

    @Test
    void closedChannelThrowsClosedChannelException() throws IOException {
        StreamChannel channel = backend.get().openStream(StandardProtocolFamily.INET);
        channel.close();
        channel.close();
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, () -> channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true));
        assertThrows(ClosedChannelException.class, channel::getLocalAddress);
        assertEquals("stream[closed]", channel.toString());
    }

    private void assertExchangesBytes(SocketAddress address) throws IOException {
        try (ServerChannel server = backend.get().openServer(StandardProtocolFamily.UNIX);
                StreamChannel client = backend.get().openStream(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            assertEquals(address, server.getLocalAddress());
            try (StreamChannel accepted = connected(client, server)) {
                assertEquals(address, client.getRemoteAddress());
                assertEquals(1, accepted.write(ByteBuffer.wrap(bytes("x"))));
                assertEquals(1, client.read(ByteBuffer.allocate(2)));
                accepted.shutdownOutput();
                assertEquals(-1, client.read(ByteBuffer.allocate(2)));
            }
        }
    }

    private ServerChannel server(ProtocolFamily family) throws IOException {
        return backend.get().openServer(family).bind(Loopback.v4());
    }

    private DatagramSocketChannel datagram() throws IOException {
        return backend.get().openDatagram(StandardProtocolFamily.INET).bind(Loopback.v4());
    }

    private static SocketAddress receive(DatagramSocketChannel channel, ByteBuffer target) throws IOException {
        SocketAddress sender = channel.receive(target);
        while (sender == null) {
            Thread.onSpinWait();
            sender = channel.receive(target);
        }
        return sender;
    }

    private static StreamChannel connected(StreamChannel client, ServerChannel server) throws IOException {
        client.connect(server.getLocalAddress());
        StreamChannel accepted = server.accept();
        while (accepted == null) {
            Thread.onSpinWait();
            accepted = server.accept();
        }
        finish(client);
        return accepted;
    }

    private static void finish(StreamChannel client) throws IOException {
        while (!client.finishConnect()) {
            Thread.onSpinWait();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
