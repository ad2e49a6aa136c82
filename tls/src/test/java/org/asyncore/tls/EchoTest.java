// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send received bytes back. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class EchoTest {
    private static final int PIECE_BYTES = 150_000; // less than Echo queues, because each piece is written whole

    private final Loop loop;

    EchoTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Sends received bytes back, and does not read while a quarter of a megabyte is queued. */
    private static final class Echo extends RecordingDispatcher {
        Echo(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return buffered() < 1 << 18;
        }

        @Override
        void handleBytes(byte[] bytes) throws IOException {
            send(bytes);
        }
    }

    private TestListener listener() throws IOException {
        return new TestListener(loop, channel -> new Echo(loop, TlsChannel.server(channel, TestPeers.LOCALHOST)));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(1).nextBytes(random);
        return random;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientAndServerTalkInOneLoop(String protocol) throws Exception {
        TestListener listener = listener();
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST, protocol);
        client.send("hello".getBytes(US_ASCII));
        LoopAwait.until(loop, () -> client.received.size() == 5);
        assertEquals("hello", client.text());
        assertEquals("[connect]", client.hooks.toString());
        assertEquals(protocol, ((TlsChannel) client.channel()).session().getProtocol());
    }

    /** Unix-domain sockets connect at once, and the handshake follows. */
    @Test
    void unixDomainSocketsWork(@TempDir Path folder) throws Exception {
        SocketAddress local = UnixDomainSocketAddress.of(folder.resolve("echo"));
        TestListener listener = new TestListener(
                loop,
                StandardProtocolFamily.UNIX,
                local,
                channel -> new Echo(loop, TlsChannel.server(channel, TestPeers.LOCALHOST)));
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        client.setSocket(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", 1));
        client.connect(local);
        client.send("hello".getBytes(US_ASCII));
        assertEquals("[]", client.hooks.toString());
        LoopAwait.until(loop, () -> client.text().equals("hello"));
        assertEquals("[connect]", client.hooks.toString());
        assertEquals(1, listener.dispatchers.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void megabytesComeBackUnchanged(String protocol) throws Exception {
        byte[] sent = random(10_000_000);
        TestListener listener = listener();
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST, protocol);
        client.send(sent);
        LoopAwait.until(loop, () -> client.received.size() >= sent.length);
        assertArrayEquals(sent, client.received.toByteArray());
        client.close();
        LoopAwait.until(loop, () -> listener.dispatchers.get(0).isClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void megabytesComeBackToAJdkSocket(String protocol) throws Exception {
        byte[] sent = random(3_000_000);
        TestListener listener = listener();
        PeerThread<byte[]> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, protocol)) {
                socket.startHandshake();
                return echoed(socket, sent);
            }
        });
        assertArrayEquals(sent, peer.result(loop));
        LoopAwait.until(loop, () -> listener.dispatchers.get(0).isClosed());
        assertEquals("[close]", listener.dispatchers.get(0).hooks.toString());
    }

    /**
     * Sends the bytes in pieces, and reads each piece back before it sends the next. One thread does both: a JDK's socket
     * that changes its keys while one thread reads and another writes may encrypt with wrong ones (JDK 17, both sides).
     */
    private static byte[] echoed(SSLSocket socket, byte[] bytes) throws IOException {
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        for (int sent = 0; sent < bytes.length; sent += PIECE_BYTES) {
            int length = Math.min(PIECE_BYTES, bytes.length - sent);
            socket.getOutputStream().write(bytes, sent, length);
            back.write(socket.getInputStream().readNBytes(length));
        }
        return back.toByteArray();
    }
}
