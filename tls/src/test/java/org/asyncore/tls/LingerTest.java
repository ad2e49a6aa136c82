// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
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

/** Bytes that a dispatcher sends before it closes reach their peer, a socket of the JDK that reads late. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class LingerTest {
    private final Loop loop;
    private final byte[] much = new byte[8_000_000]; // more than sockets hold

    LingerTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
        new Random(1).nextBytes(much);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Sends as much as is taken when the first byte arrives, and then closes. */
    private final class Hasty extends RecordingDispatcher {
        private int taken;

        Hasty(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        void handleBytes(byte[] bytes) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(much);
            while (channel().write(source) > 0) {
                taken = source.position();
            }
            assertTrue(unsentBytes() > 0);
            close();
        }
    }

    private TestListener listener() throws IOException {
        return new TestListener(loop, channel -> new Hasty(loop, TlsChannel.server(channel, TestPeers.LOCALHOST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void takenBytesAreReceivedAfterTheirSenderHasClosed(String protocol) throws Exception {
        TestListener listener = listener();
        CountDownLatch closed = new CountDownLatch(1);
        PeerThread<byte[]> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, protocol)) {
                socket.getOutputStream().write('a');
                closed.await();
                socket.getOutputStream().write(new byte[5_000]); // which the server never reads
                return socket.getInputStream().readAllBytes();
            }
        });
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && !listener.dispatchers.get(0).channel().isOpen());
        Hasty server = (Hasty) listener.dispatchers.get(0);
        assertFalse(loop.dispatchers().contains(server));
        closed.countDown();
        byte[] received = peer.result(loop);
        assertEquals(server.taken, received.length);
        assertArrayEquals(Arrays.copyOf(much, server.taken), received);
        assertEquals("[]", server.hooks.toString());
        listener.close();
        loop.run(); // returns, because the peer has ended
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void peerThatNeverReadsIsClosedAfterTheLingerTimeout(String protocol) throws Exception {
        TestListener listener = new TestListener(loop, channel -> {
            TlsChannel tls = TlsChannel.server(channel, TestPeers.LOCALHOST);
            tls.setLingerTimeout(Duration.ofMillis(50));
            return new Hasty(loop, tls);
        });
        try (SSLSocket socket = PeerThread.run(() -> {
                    SSLSocket silent = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, protocol);
                    silent.getOutputStream().write('a');
                    return silent;
                })
                .result(loop)) {
            LoopAwait.until(
                    loop,
                    () -> !listener.dispatchers.isEmpty()
                            && !listener.dispatchers.get(0).channel().isOpen());
            StreamChannel transport = ((TlsChannel) listener.dispatchers.get(0).channel()).transport();
            listener.close();
            loop.run();
            assertFalse(transport.isOpen());
            assertTrue(socket.isConnected());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 100})
    void closeDuringAHandshakeDoesNotLinger(int bytes) throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        try (Socket socket = listener.dial()) {
            byte[] beginning = new byte[bytes];
            if (bytes > 0) {
                beginning[0] = 22;
            }
            socket.getOutputStream().write(beginning);
            LoopAwait.until(loop, () -> listener.dispatchers.size() == 1);
            loop.runOnce(Duration.ZERO);
            listener.dispatchers.get(0).close();
            listener.close();
            loop.run();
            assertFalse(((TlsChannel) listener.dispatchers.get(0).channel())
                    .transport()
                    .isOpen());
        }
    }
}
