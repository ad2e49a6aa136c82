// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Listener;
import org.asyncore.examples.support.ExamplePollers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tests connections with headers over real sockets. Server and clients run in one thread. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class ProxyProtocolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] PAYLOAD = "GET / HTTP/1.1\r\n".repeat(10).getBytes(ISO_8859_1);

    private static final Path UNIX = Path.of("/run/client");

    private final Logger log = (Logger) LoggerFactory.getLogger(ProxyHeaderReader.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private final Loop loop;

    ProxyProtocolTest(String poller) {
        loop = Loop.open(ExamplePollers.assumeAvailable(poller));
    }

    @BeforeEach
    void open() {
        lines.start();
        log.addAppender(lines);
        log.setAdditive(false);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        log.setAdditive(true);
        loop.close();
    }

    /** Sends its peer's address when the first bytes come, and then all bytes back. */
    private static final class Echo extends SocketDispatcher {
        private boolean greeted;

        Echo(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer bytes = readBuffer();
            if (recv(bytes) > 0 && !greeted) {
                greeted = true;
                send((remoteAddress() + "|").getBytes(ISO_8859_1));
            }
            send(bytes.flip());
        }

        @Override
        public void handleClose() {
            close();
        }
    }

    private Listener listen(Listener.Service service, Duration patience) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Listener(loop, any, 100, new ProxyProtocol(service, patience));
    }

    private Listener listen() throws IOException {
        return listen(Echo::new, PATIENCE);
    }

    /** A client that sends pieces, each of which is received before the next one. */
    private final class Client implements AutoCloseable {
        private final SocketChannel channel;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        Client(Listener server) throws IOException {
            channel = SocketChannel.open(Objects.requireNonNull(server.localAddress()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // otherwise pieces are joined again
            channel.configureBlocking(false);
            loop.runOnce(PATIENCE);
        }

        void send(byte[] piece) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(piece);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
                loop.runOnce(Duration.ofMillis(1));
            }
        }

        /** Runs the loop until this many bytes have come, or the end. Returns what has come. */
        String receive(int atLeast) throws IOException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
            while (received.size() < atLeast) {
                assertTrue(System.nanoTime() < end, () -> "received only " + received.toString(ISO_8859_1));
                loop.runOnce(Duration.ofMillis(1));
                if (readIsEnd(bytes.clear())) {
                    break;
                }
                received.write(bytes.array(), 0, bytes.position());
            }
            return received.toString(ISO_8859_1);
        }

        /** Returns true at the end. A server that closes with bytes unread resets the connection, which is an end, too. */
        private boolean readIsEnd(ByteBuffer bytes) {
            try {
                return channel.read(bytes) < 0;
            } catch (IOException e) {
                return true;
            }
        }

        String address() throws IOException {
            return String.valueOf(channel.getLocalAddress());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Stream.of(parts).forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    private void assertServed(Listener server, String address, Iterable<byte[]> pieces) throws IOException {
        try (Client client = new Client(server)) {
            for (byte[] piece : pieces) {
                client.send(piece);
            }
            String expected = (address.isEmpty() ? client.address() : address) + "|" + new String(PAYLOAD, ISO_8859_1);
            assertEquals(expected, client.receive(expected.length()));
        }
        assertEquals(List.of(), lines.list);
    }

    // Headers.

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void clientOfTheProxyIsTheRemoteAddressInAnyFragmentation(int family) throws IOException {
        Listener server = listen();
        String expected = List.of("", "/192.0.2.7:4711", "/[2001:db8:0:0:0:0:0:1]:4711", UNIX.toString())
                .get(family);
        byte[] addresses = switch (family) {
            case 0 -> new byte[0];
            case 1 -> Headers.inet("192.0.2.7", 4711, 0);
            case 2 -> Headers.inet("2001:db8::1", 4711, 300);
            default -> Headers.unix("/run/client");
        };
        byte[] header = Headers.of(0x21, family == 0 ? 0 : family * 16 + 1, addresses);
        byte[] all = join(header, PAYLOAD);
        assertServed(server, expected, List.of(all));
        assertServed(server, expected, List.of(header, PAYLOAD));
        assertServed(
                server,
                expected,
                IntStream.range(0, all.length)
                        .mapToObj(i -> new byte[] {all[i]})
                        .toList());
        for (int cut : new int[] {1, 11, 12, 13, 15, 16, 17, header.length - 1, header.length + 1}) {
            assertServed(server, expected, List.of(Arrays.copyOf(all, cut), Arrays.copyOfRange(all, cut, all.length)));
        }
    }

    @Test
    void connectionOfTheProxyItselfKeepsItsAddress() throws IOException {
        Listener server = listen();
        assertServed(server, "", List.of(Headers.of(0x20, 0, new byte[0]), PAYLOAD));
        byte[] ignored = Headers.inet("192.0.2.7", 4711, 100);
        assertServed(server, "", List.of(join(Headers.of(0x20, 0x11, ignored), PAYLOAD)));
    }

    @Test
    void longestHeaderIsSkipped() throws IOException {
        byte[] longest = Headers.inet("192.0.2.7", 4711, 0xffff - 12);
        assertServed(listen(), "/192.0.2.7:4711", List.of(Headers.of(0x21, 0x11, longest), PAYLOAD));
    }

    // Bad peers.

    private void assertClosedWithOneLine(byte[] bytes, String reason) throws IOException {
        Listener server = listen();
        try (Client client = new Client(server)) {
            client.send(bytes);
            assertEquals("", client.receive(1));
            assertEquals(1, lines.list.size(), () -> "" + lines.list);
            ILoggingEvent line = lines.list.get(0);
            assertEquals(Level.INFO, line.getLevel());
            assertTrue(line.getFormattedMessage().startsWith(client.address() + ": closing: "), line::toString);
            assertTrue(line.getFormattedMessage().contains(reason), line::toString);
        }
        lines.list.clear();
        assertServed(server, "", List.of(Headers.of(0x20, 0, new byte[0]), PAYLOAD));
    }

    @Test
    void peerThatSendsNoHeaderIsClosedAtItsFirstByte() throws IOException {
        assertClosedWithOneLine(new byte[] {'G'}, "it sent no header of the PROXY protocol, version 2");
    }

    @Test
    void peerThatSendsVersion1IsClosed() throws IOException {
        assertClosedWithOneLine("PROXY UNKNOWN\r\n".getBytes(ISO_8859_1), "is of version 1");
    }

    @Test
    void peerThatSendsWrongHeaderIsClosed() throws IOException {
        assertClosedWithOneLine(Headers.of(0x22, 0, new byte[0]), "the unknown command 2");
    }

    @Test
    void silentPeerIsClosedByTheTimeLimit() throws IOException {
        Listener server = listen(Echo::new, Duration.ofMillis(200));
        try (Client client = new Client(server)) {
            client.send(Headers.SIGNATURE.getBytes(ISO_8859_1));
            assertEquals("", client.receive(1));
            assertTrue(lines.list.get(0).getFormattedMessage().contains("no header of the PROXY protocol in 0 s"));
        }
    }

    @Test
    void headerThatEndsEarlyIsOneLineAndNoByteIsNone() throws IOException {
        Listener server = listen();
        new Client(server).close();
        try (Client client = new Client(server)) {
            client.send(Headers.SIGNATURE.getBytes(ISO_8859_1));
            client.channel.shutdownOutput();
            assertEquals("", client.receive(1));
        }
        assertEquals(1, lines.list.size(), () -> "" + lines.list);
        assertTrue(lines.list.get(0).getFormattedMessage().contains("has not come whole"));
    }

    @Test
    void connectionThatCannotBeServedIsClosed() throws IOException {
        Listener server = listen(
                (own, channel) -> {
                    throw new IOException("no service");
                },
                PATIENCE);
        try (Client client = new Client(server)) {
            client.send(Headers.of(0x20, 0, new byte[0]));
            assertEquals("", client.receive(1));
            assertTrue(lines.list.get(0).getFormattedMessage().endsWith(": closing: no service"));
        }
    }

    @Test
    void connectionWithoutHeaderIsClosedAtShutdown() throws IOException {
        Listener server = listen();
        try (Client client = new Client(server)) {
            client.send(Headers.SIGNATURE.getBytes(ISO_8859_1));
            loop.shutdown(Duration.ofDays(1));
            assertEquals("", client.receive(1));
        }
        assertEquals(List.of(), lines.list);
    }
}
