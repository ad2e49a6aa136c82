// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of connections whose peer is a socket of the JDK. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class EndTest {
    private final Loop loop;

    EndTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Keeps its connection open after the peer's end. */
    private static final class Patient extends RecordingDispatcher {
        private boolean ended;

        Patient(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return !ended;
        }

        @Override
        public void handleClose() {
            hooks.add("close");
            ended = true;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void peerGetsCloseNotify(String protocol) throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        PeerThread<String> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, protocol)) {
                socket.getOutputStream().write('a');
                return rest(socket); // throws if the stream is truncated
            }
        });
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).text().equals("a"));
        listener.dispatchers.get(0).send(bytes("bye"));
        listener.dispatchers.get(0).close();
        assertEquals("bye", peer.result(loop));
    }

    @Test
    void serverThatHasShutDownItsOutputStillReceives() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        PeerThread<String> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, "TLSv1.3")) {
                socket.getOutputStream().write('a');
                String text = rest(socket);
                socket.getOutputStream().write(bytes("after the end"));
                return text;
            }
        });
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).text().equals("a"));
        RecordingDispatcher server = listener.dispatchers.get(0);
        server.send(bytes("bye"));
        server.shutdownOutput();
        assertEquals("bye", peer.result(loop));
        LoopAwait.until(loop, server::isClosed);
        assertEquals("aafter the end", server.text());
        assertEquals("[close]", server.hooks.toString());
    }

    @Test
    void peerThatHasShutDownItsOutputStillReceives() throws Exception {
        TestListener listener =
                new TestListener(loop, channel -> new Patient(loop, TlsChannel.server(channel, TestPeers.LOCALHOST)));
        PeerThread<String> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, "TLSv1.3")) {
                socket.getOutputStream().write('a');
                socket.shutdownOutput();
                return rest(socket);
            }
        });
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).isClosed());
        RecordingDispatcher server = listener.dispatchers.get(0);
        byte[] much = new byte[1_000_000];
        server.send(much);
        LoopAwait.until(loop, () -> server.buffered() == 0);
        server.close();
        assertEquals(much.length, peer.result(loop).length());
        assertEquals("[close]", server.hooks.toString());
    }

    /** RFC 5246, section 7.2.1: a side that receives close_notify closes at once, and discards its pending writes. */
    @Test
    void beforeTls13ThePeersEndEndsBothDirections() throws Exception {
        TestListener listener =
                new TestListener(loop, channel -> new Patient(loop, TlsChannel.server(channel, TestPeers.LOCALHOST)));
        PeerThread<String> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, "TLSv1.2")) {
                socket.getOutputStream().write('a');
                socket.shutdownOutput();
                return rest(socket);
            }
        });
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).isClosed());
        RecordingDispatcher server = listener.dispatchers.get(0);
        server.send(bytes("too late"));
        assertEquals("[close, close]", server.hooks.toString());
        server.close();
        assertEquals("", peer.result(loop));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void truncatedStreamIsAnErrorAfterItsBytes(String protocol) throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        PeerThread<Boolean> peer = PeerThread.run(() -> {
            try (Socket plain = new Socket(loopback, listener.port())) {
                SSLSocket socket = (SSLSocket)
                        TestPeers.LOCALHOST.getSocketFactory().createSocket(plain, "localhost", listener.port(), false);
                socket.setEnabledProtocols(new String[] {protocol});
                socket.getOutputStream().write(bytes("all of it?"));
                plain.shutdownOutput();
                plain.getInputStream().readAllBytes();
                return true;
            }
        });
        LoopAwait.until(loop, () -> !listener.dispatchers.isEmpty() && listener.dispatchers.get(0).error != null);
        RecordingDispatcher server = listener.dispatchers.get(0);
        assertEquals("all of it?", server.text());
        assertEquals("[error]", server.hooks.toString());
        SSLException error = assertInstanceOf(SSLException.class, server.error);
        assertTrue(String.valueOf(error.getMessage()).contains("without close_notify"), error::toString);
        assertTrue(peer.result(loop));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void unreadEndCausesNoTurns(String protocol) throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        PeerThread<Boolean> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, protocol)) {
                socket.getOutputStream().write('a');
                return true;
            }
        });
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).text().equals("a"));
        RecordingDispatcher server = listener.dispatchers.get(0);
        server.listening = false;
        loop.refresh(server);
        assertTrue(peer.result(loop));
        int turns = LoopAwait.turns(loop, Duration.ofMillis(300));
        assertTrue(turns < 10, () -> turns + " turns");
        server.listening = true;
        loop.refresh(server);
        LoopAwait.until(loop, server::isClosed);
        assertEquals("[close]", server.hooks.toString());
    }
}
