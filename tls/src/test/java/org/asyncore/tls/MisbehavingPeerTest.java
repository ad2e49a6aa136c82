// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers whose peers violate the protocol or ask for too much, and the answers that these peers get. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class MisbehavingPeerTest {
    private static final int ALERT = 21;

    private final Loop loop;

    MisbehavingPeerTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Starts a peer that sends these bytes and returns all bytes that it receives. */
    private PeerThread<byte[]> sending(TestListener listener, byte[] bytes) {
        return PeerThread.run(() -> {
            try (Socket socket = listener.dial()) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(bytes);
                return socket.getInputStream().readAllBytes();
            }
        });
    }

    private RecordingDispatcher serverAfterHook(TestListener listener) throws Exception {
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).hooks.size() > 0);
        return listener.dispatchers.get(0);
    }

    @Test
    void plainHttpIsOneErrorAndGetsAnAlert() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        PeerThread<byte[]> peer = sending(listener, "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
        RecordingDispatcher server = serverAfterHook(listener);
        assertEquals("[error]", server.hooks.toString());
        assertInstanceOf(SSLException.class, server.error);
        assertTrue(String.valueOf(server.error.getMessage()).contains("SSL message"), server.error::toString);
        assertEquals(ALERT, peer.result(loop)[0]);
    }

    @Test
    void recordThatIsTooLargeIsAnErrorBeforeItIsReceived() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        PeerThread<byte[]> peer = sending(listener, new byte[] {22, 3, 3, (byte) 0xff, (byte) 0xff, 1, 2, 3});
        RecordingDispatcher server = serverAfterHook(listener);
        assertEquals("[error]", server.hooks.toString());
        assertInstanceOf(SSLException.class, server.error);
        assertEquals(ALERT, peer.result(loop)[0]);
    }

    /** The ClientHello announces a length of 16 MB. */
    @Test
    void helloThatIsTooLargeIsAnErrorBeforeItIsReceived() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        byte[] record = new byte[5 + 16_384];
        System.arraycopy(new byte[] {22, 3, 3, 64, 0, 1, -1, -1, -1, 3, 3}, 0, record, 0, 11);
        PeerThread<byte[]> peer = sending(listener, record);
        RecordingDispatcher server = serverAfterHook(listener);
        assertEquals("[error]", server.hooks.toString());
        assertInstanceOf(SSLException.class, server.error);
        assertEquals(ALERT, peer.result(loop)[0]);
    }

    @Test
    void garbageDoesNotDisturbOtherConnections() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        for (int i = 0; i < 30; i++) {
            byte[] garbage = new byte[1 + random.nextInt(1 << random.nextInt(15))];
            random.nextBytes(garbage);
            if (random.nextBoolean()) {
                garbage[0] = 22; // looks like a handshake
            }
            try (Socket socket = listener.dial()) {
                socket.getOutputStream().write(garbage);
            } catch (IOException e) {
                // the server may reset the connection
            }
        }
        LoopAwait.until(
                loop,
                () -> listener.dispatchers.size() == 30
                        && listener.dispatchers.stream().allMatch(dispatcher -> dispatcher.hooks.size() == 1));
        PeerThread<Boolean> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, "TLSv1.3")) {
                socket.startHandshake();
                return true;
            }
        });
        assertTrue(peer.result(loop));
    }

    /** In TLS 1.3, {@link SSLSocket#startHandshake} changes the keys. */
    @Test
    void bytesArriveWhileKeysChange() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        PeerThread<byte[]> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, "TLSv1.3")) {
                for (int i = 0; i < 5; i++) {
                    socket.startHandshake();
                    socket.getOutputStream().write("abcde".getBytes(US_ASCII));
                }
                byte[] answer = socket.getInputStream().readNBytes(100_000);
                socket.getOutputStream().write("f".getBytes(US_ASCII));
                return answer;
            }
        });
        LoopAwait.until(loop, () -> hasReceived(listener, 25));
        byte[] answer = new byte[100_000];
        new Random(1).nextBytes(answer);
        RecordingDispatcher server = listener.dispatchers.get(0);
        server.send(answer);
        assertArrayEquals(answer, peer.result(loop));
        LoopAwait.until(loop, server::isClosed);
        assertEquals("abcdeabcdeabcdeabcdeabcdef", server.text());
        assertEquals("[close]", server.hooks.toString());
    }

    /** One client that asks for sixty handshakes a second would keep a core busy. */
    @Test
    void clientThatBeginsAnotherHandshakeIsRefused() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        PeerThread<Integer> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, "TLSv1.2")) {
                socket.startHandshake();
                socket.getOutputStream().write("abcde".getBytes(US_ASCII));
                socket.startHandshake();
                return socket.getInputStream().read();
            }
        });
        LoopAwait.until(loop, () -> !listener.dispatchers.isEmpty() && listener.dispatchers.get(0).error != null);
        RecordingDispatcher server = listener.dispatchers.get(0);
        SSLException error = assertInstanceOf(SSLException.class, server.error);
        assertTrue(String.valueOf(error.getMessage()).contains("renegotiation is refused"), error::toString);
        assertEquals("abcde", server.text());
        assertEquals("[error]", server.hooks.toString());
        assertThrows(SSLException.class, () -> peer.result(loop));
    }

    private static boolean hasReceived(TestListener listener, int bytes) {
        return !listener.dispatchers.isEmpty()
                && listener.dispatchers.get(0).received.size() == bytes;
    }
}
