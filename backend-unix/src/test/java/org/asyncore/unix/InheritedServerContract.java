// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncore.InheritedSockets;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.conformance.Loopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of inherited listeners, on epoll and kqueue. The JDK opens the sockets, which block as systemd's do. */
@Timeout(60)
public abstract class InheritedServerContract {
    /** The JDK's channels, whose descriptors others have closed: they must not be closed again. */
    private static final List<Channel> KEPT = new ArrayList<>();

    @TempDir
    Path directory;

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    private interface Opener {
        Channel open() throws IOException;
    }

    /** Returns the number of the descriptor that this opens. */
    private static int number(Opener opener) throws IOException {
        Set<Integer> before = numbers();
        Channel opened = opener.open();
        KEPT.add(opened);
        Set<Integer> added = numbers();
        added.removeAll(before);
        assertEquals(1, added.size(), added::toString);
        return added.iterator().next();
    }

    private static Set<Integer> numbers() throws IOException {
        List<Path> listed;
        try (Stream<Path> entries = Files.list(Path.of("/dev/fd"))) {
            listed = entries.toList();
        }
        return listed.stream()
                .filter(Files::exists) // not the one of the listing, which is closed
                .map(entry -> Integer.valueOf(entry.getFileName().toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int listening(ProtocolFamily family, SocketAddress local) throws IOException {
        ServerSocketChannel.open(family).close(); // loads classes, whose files would be counted
        return number(() -> ServerSocketChannel.open(family).bind(local));
    }

    private static int listening() throws IOException {
        return listening(StandardProtocolFamily.INET, Loopback.v4());
    }

    private ServerChannel open(int number) throws IOException {
        return backend.get().openInheritedServer(number);
    }

    private static StreamChannel accepted(ServerChannel server) throws IOException {
        StreamChannel accepted = null;
        while (accepted == null) { // the timeout of the class ends it
            accepted = server.accept();
        }
        return accepted;
    }

    @Test
    void connectionIsAccepted() throws IOException {
        try (ServerChannel server = open(listening())) {
            SocketAddress local = assertInstanceOf(InetSocketAddress.class, server.getLocalAddress());
            try (SocketChannel client = SocketChannel.open(local);
                    StreamChannel connection = accepted(server)) {
                assertEquals(client.getLocalAddress(), connection.getRemoteAddress());
                client.write(ByteBuffer.wrap(new byte[] {42}));
                ByteBuffer read = ByteBuffer.allocate(10);
                while (read.position() == 0) {
                    connection.read(read);
                }
                assertEquals(42, read.get(0));
                assertEquals(0, connection.read(read), "the connection does not block");
            }
        }
    }

    @Test
    void acceptDoesNotWaitAlthoughTheDescriptorBlocks() throws IOException {
        try (ServerChannel server = open(listening())) {
            assertNull(server.accept());
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    StreamChannel connection = accepted(server)) {
                assertTrue(client.isConnected() && connection.isConnected());
                assertNull(server.accept());
            }
        }
    }

    @Test
    void connectionOverIpv6IsAccepted() throws IOException {
        try (ServerChannel server = open(listening(StandardProtocolFamily.INET6, Loopback.v6()));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                StreamChannel connection = accepted(server)) {
            assertEquals(client.getLocalAddress(), connection.getRemoteAddress());
        }
    }

    @Test
    void connectionInTheUnixDomainIsAccepted() throws IOException {
        SocketAddress path = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (ServerChannel server = open(listening(StandardProtocolFamily.UNIX, path));
                SocketChannel client = SocketChannel.open(path);
                StreamChannel connection = accepted(server)) {
            assertEquals(path, server.getLocalAddress());
            assertTrue(client.isConnected() && connection.isConnected());
        }
    }

    @Test
    void closeEndsListening() throws IOException {
        ServerChannel server = open(listening());
        SocketAddress local = server.getLocalAddress();
        server.close();
        server.close();
        assertFalse(server.isOpen());
        assertThrows(ClosedChannelException.class, server::accept);
        assertThrows(ConnectException.class, () -> SocketChannel.open(local).close());
    }

    @Test
    void dispatcherServesConnectionsOfAnInheritedSocket() throws IOException {
        try (Loop loop = Loop.builder().backend(backend.get()).open()) {
            List<SocketAddress> peers = new ArrayList<>();
            SocketDispatcher listener = new SocketDispatcher(loop) {
                @Override
                public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
                    peers.add(remote);
                    channel.close();
                }
            };
            listener.setSocket(InheritedSockets.open(loop, listening()));
            assertTrue(listener.accepting());
            SocketAddress local = Objects.requireNonNull(listener.localAddress());
            loop.runOnce(Duration.ZERO);
            try (SocketChannel first = SocketChannel.open(local);
                    SocketChannel second = SocketChannel.open(local)) {
                while (peers.size() < 2) {
                    loop.runOnce(Duration.ofSeconds(50));
                }
                assertEquals(List.of(first.getLocalAddress(), second.getLocalAddress()), peers);
            }
            loop.closeAll();
            assertThrows(ConnectException.class, () -> SocketChannel.open(local).close());
        }
    }

    // Other descriptors.

    private void assertRefused(int number, String reason) {
        IOException thrown = assertThrows(IOException.class, () -> open(number).close());
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith("cannot listen on the inherited descriptor " + number + ": "), message);
        assertTrue(message.endsWith(reason), message);
    }

    @Test
    void socketThatDoesNotListenIsRefused() throws IOException {
        SocketChannel.open().close();
        assertRefused(number(SocketChannel::open), "the socket does not listen");
    }

    @Test
    void fileIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertRefused(number(() -> FileChannel.open(file)), "");
    }

    @Test
    void numberThatIsNotOpenIsRefused() {
        assertRefused(1_000_000, "");
    }

    @Test
    void standardStreamIsRefused() {
        for (int number = -1; number < 3; number++) {
            int standard = number;
            assertThrows(IllegalArgumentException.class, () -> open(standard).close());
        }
    }
}
