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

/** What a server hears from peers that do not do as they should, and what they hear from it. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.Ground#all")
final class TroubleTest {
    private static final int ALERT = 21;

    private final Loop loop;

    TroubleTest(Ground ground) {
        loop = ground.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** What a peer hears that sends these bytes and then listens. */
    private Elsewhere<byte[]> sending(Listener listener, byte[] bytes) {
        return Elsewhere.run(() -> {
            try (Socket socket = listener.dial()) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(bytes);
                return socket.getInputStream().readAllBytes();
            }
        });
    }

    private Talker only(Listener listener) throws Exception {
        Until.holds(
                loop,
                () -> !listener.talkers.isEmpty()
                        && listener.talkers.get(0).hooks.size() > 0);
        return listener.talkers.get(0);
    }

    @Test
    void plainHttpIsOneErrorAndIsAnsweredByAnAlert() throws Exception {
        Listener listener = Ends.listener(loop, Ends.LOCALHOST);
        Elsewhere<byte[]> peer = sending(listener, "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
        Talker server = only(listener);
        assertEquals("[error]", server.hooks.toString());
        assertInstanceOf(SSLException.class, server.error);
        assertTrue(String.valueOf(server.error.getMessage()).contains("SSL message"), server.error::toString);
        assertEquals(ALERT, peer.over(loop)[0]);
    }

    @Test
    void recordThatIsTooLargeIsAnErrorBeforeItIsReceived() throws Exception {
        Listener listener = Ends.listener(loop, Ends.LOCALHOST);
        Elsewhere<byte[]> peer = sending(listener, new byte[] {22, 3, 3, (byte) 0xff, (byte) 0xff, 1, 2, 3});
        Talker server = only(listener);
        assertEquals("[error]", server.hooks.toString());
        assertInstanceOf(SSLException.class, server.error);
        assertEquals(ALERT, peer.over(loop)[0]);
    }

    /** 16 MB of handshake are announced. */
    @Test
    void helloThatIsTooLargeIsAnErrorBeforeItIsReceived() throws Exception {
        Listener listener = Ends.listener(loop, Ends.LOCALHOST);
        byte[] record = new byte[5 + 16_384];
        System.arraycopy(new byte[] {22, 3, 3, 64, 0, 1, -1, -1, -1, 3, 3}, 0, record, 0, 11);
        Elsewhere<byte[]> peer = sending(listener, record);
        Talker server = only(listener);
        assertEquals("[error]", server.hooks.toString());
        assertInstanceOf(SSLException.class, server.error);
        assertEquals(ALERT, peer.over(loop)[0]);
    }

    @Test
    void garbageHarmsNobodyElse() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Listener listener = Ends.listener(loop, Ends.LOCALHOST);
        for (int i = 0; i < 30; i++) {
            byte[] garbage = new byte[1 + random.nextInt(1 << random.nextInt(15))];
            random.nextBytes(garbage);
            if (random.nextBoolean()) {
                garbage[0] = 22; // a handshake, it seems
            }
            try (Socket socket = listener.dial()) {
                socket.getOutputStream().write(garbage);
            } catch (IOException e) {
                // reset by the server, which is its right
            }
        }
        Until.holds(
                loop,
                () -> listener.talkers.size() == 30
                        && listener.talkers.stream().allMatch(talker -> talker.hooks.size() == 1));
        Elsewhere<Boolean> peer = Elsewhere.run(() -> {
            try (SSLSocket socket = Ends.socket(listener.port(), Ends.LOCALHOST, "TLSv1.3")) {
                socket.startHandshake();
                return true;
            }
        });
        assertTrue(peer.over(loop));
    }

    /** TLS 1.3 changes its keys: so says {@link SSLSocket#startHandshake}. */
    @Test
    void bytesGoOnThroughNewKeys() throws Exception {
        Listener listener = Ends.listener(loop, Ends.LOCALHOST);
        Elsewhere<byte[]> peer = Elsewhere.run(() -> {
            try (SSLSocket socket = Ends.socket(listener.port(), Ends.LOCALHOST, "TLSv1.3")) {
                for (int i = 0; i < 5; i++) {
                    socket.startHandshake();
                    socket.getOutputStream().write("abcde".getBytes(US_ASCII));
                }
                byte[] answer = socket.getInputStream().readNBytes(100_000);
                socket.getOutputStream().write("f".getBytes(US_ASCII));
                return answer;
            }
        });
        Until.holds(loop, () -> only(listener, 25));
        byte[] answer = new byte[100_000];
        new Random(1).nextBytes(answer);
        Talker server = listener.talkers.get(0);
        server.send(answer);
        assertArrayEquals(answer, peer.over(loop));
        Until.holds(loop, server::isClosed);
        assertEquals("abcdeabcdeabcdeabcdeabcdef", server.text());
        assertEquals("[close]", server.hooks.toString());
    }

    /** One client that asks for sixty handshakes a second takes a core. */
    @Test
    void clientThatBeginsAnotherHandshakeIsRefused() throws Exception {
        Listener listener = Ends.listener(loop, Ends.LOCALHOST);
        Elsewhere<Integer> peer = Elsewhere.run(() -> {
            try (SSLSocket socket = Ends.socket(listener.port(), Ends.LOCALHOST, "TLSv1.2")) {
                socket.startHandshake();
                socket.getOutputStream().write("abcde".getBytes(US_ASCII));
                socket.startHandshake();
                return socket.getInputStream().read();
            }
        });
        Until.holds(loop, () -> !listener.talkers.isEmpty() && listener.talkers.get(0).error != null);
        Talker server = listener.talkers.get(0);
        SSLException error = assertInstanceOf(SSLException.class, server.error);
        assertTrue(String.valueOf(error.getMessage()).contains("renegotiation is refused"), error::toString);
        assertEquals("abcde", server.text());
        assertEquals("[error]", server.hooks.toString());
        assertThrows(SSLException.class, () -> peer.over(loop));
    }

    private static boolean only(Listener listener, int bytes) {
        return !listener.talkers.isEmpty() && listener.talkers.get(0).received.size() == bytes;
    }
}
