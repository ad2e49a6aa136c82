// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS after lines in the clear, with a peer whose handshake comes late, or together with its last line. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class LateStartTlsTest {
    private static final String LINES = "EHLO\nSTARTTLS\n";
    private final Loop loop;

    LateStartTlsTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Reads the lines and no byte more, and then changes to TLS. */
    private static final class Server extends RecordingDispatcher {
        private final String answer;

        Server(Loop loop, StreamChannel channel, String answer) {
            super(loop, channel);
            this.answer = answer;
        }

        boolean usesTls() {
            return channel() instanceof TlsChannel;
        }

        @Override
        public void handleRead() throws IOException {
            if (usesTls()) {
                super.handleRead();
                return;
            }
            ByteBuffer line = ByteBuffer.allocate(LINES.length() - received.size());
            recv(line);
            received.write(line.array(), 0, line.position());
            if (!line.hasRemaining()) {
                send(answer.getBytes(US_ASCII));
                setSocket(TlsChannel.server(stream(), TestPeers.LOCALHOST));
                send("hello\n".getBytes(US_ASCII));
            }
        }
    }

    /** Changes to TLS at the last answer in the clear. */
    private static final class Client extends RecordingDispatcher {
        Client(Loop loop) {
            super(loop);
        }

        @Override
        void handleBytes(byte[] bytes) throws IOException {
            super.handleBytes(bytes);
            if (text().equals("OK\nGO\n")) {
                setSocket(TlsChannel.client(stream(), TestPeers.LOCALHOST, "localhost", 25));
                send("inside\n".getBytes(US_ASCII));
            }
        }
    }

    private static SSLSocket tlsOver(Socket plain, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket)
                TestPeers.LOCALHOST.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), US_ASCII);
    }

    private void expectQuiet() {
        int turns = LoopAwait.turns(loop, Duration.ofMillis(200));
        assertTrue(turns < 10, () -> turns + " turns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverWaitsWithoutTurnsForALateHandshake(String protocol) throws Exception {
        TestListener listener = new TestListener(loop, channel -> new Server(loop, channel, "OK\nGO\n"));
        CountDownLatch late = new CountDownLatch(1);
        PeerThread<String> peer = PeerThread.run(() -> {
            try (Socket plain = listener.dial()) {
                plain.getOutputStream().write(LINES.getBytes(US_ASCII));
                String text = read(plain, 6);
                late.await();
                SSLSocket socket = tlsOver(plain, protocol);
                socket.getOutputStream().write("inside\n".getBytes(US_ASCII));
                text += read(socket, 6);
                socket.close();
                return text;
            }
        });
        LoopAwait.until(
                loop, () -> !listener.dispatchers.isEmpty() && ((Server) listener.dispatchers.get(0)).usesTls());
        Server server = (Server) listener.dispatchers.get(0);
        expectQuiet();
        assertFalse(((TlsChannel) server.channel()).isEstablished());
        assertEquals("[]", server.hooks.toString());
        late.countDown();
        assertEquals("OK\nGO\nhello\n", peer.result(loop));
        LoopAwait.until(loop, server::isClosed);
        assertEquals(LINES + "inside\n", server.text());
        assertEquals("[close]", server.hooks.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWaitsWithoutTurnsForALateHandshake(String protocol) throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            PeerThread<String> peer = PeerThread.run(() -> {
                try (Socket plain = listener.accept()) {
                    String text = read(plain, LINES.length());
                    plain.getOutputStream().write("OK\nGO\n".getBytes(US_ASCII));
                    late.await();
                    SSLSocket socket = tlsOver(plain, protocol);
                    socket.setUseClientMode(false);
                    socket.getOutputStream().write("hello\n".getBytes(US_ASCII));
                    text += read(socket, 7);
                    socket.close();
                    return text;
                }
            });
            Client client = new Client(loop);
            client.createSocket();
            client.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
            client.send(LINES.getBytes(US_ASCII));
            LoopAwait.until(loop, () -> client.channel() instanceof TlsChannel);
            expectQuiet();
            assertFalse(((TlsChannel) client.channel()).isEstablished());
            assertEquals("[connect]", client.hooks.toString());
            late.countDown();
            assertEquals(LINES + "inside\n", peer.result(loop));
            LoopAwait.until(loop, client::isClosed);
            assertEquals("OK\nGO\nhello\n", client.text());
            assertEquals("[connect, close]", client.hooks.toString());
        }
    }

    /** A socket that sends its first bytes together with these lines, in one call. */
    private static final class Together extends Socket {
        private final byte[] lines;
        private final CountDownLatch sent;

        Together(InetSocketAddress remote, byte[] lines, CountDownLatch sent) throws IOException {
            this.lines = lines;
            this.sent = sent;
            setTcpNoDelay(true);
            connect(remote);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (sent.getCount() == 0) {
                        out.write(bytes, offset, length);
                        return;
                    }
                    ByteBuffer both = ByteBuffer.allocate(lines.length + length);
                    out.write(both.put(lines).put(bytes, offset, length).array());
                    sent.countDown();
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshakeInTheSegmentOfTheLastLineIsRead(String protocol) throws Exception {
        TestListener listener = new TestListener(loop, channel -> new Server(loop, channel, ""));
        CountDownLatch sent = new CountDownLatch(1);
        PeerThread<String> peer = PeerThread.run(() -> {
            try (Socket plain = new Together(listener.at(), LINES.getBytes(US_ASCII), sent)) {
                SSLSocket socket = tlsOver(plain, protocol);
                socket.getOutputStream().write("inside\n".getBytes(US_ASCII));
                String text = read(socket, 6);
                socket.close();
                return text;
            }
        });
        sent.await(); // so that the loop's first read finds all of it
        assertEquals("hello\n", peer.result(loop));
        Server server = (Server) listener.dispatchers.get(0);
        LoopAwait.until(loop, server::isClosed);
        assertEquals(LINES + "inside\n", server.text());
        assertEquals("[close]", server.hooks.toString());
    }
}
