// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.blocking.BlockingConnection;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of TLS whose streams block. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class BlockingConnectionTest {
    private final BlockingQueue<BlockingConnection> accepted = new LinkedBlockingQueue<>();
    private final Loop loop;
    private final int port;
    private final PeerThread<Boolean> running;

    BlockingConnectionTest(PollerAndPolicy pollerAndPolicy) throws IOException {
        loop = pollerAndPolicy.open();
        SocketDispatcher listener = new SocketDispatcher(loop) {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) {
                accepted.add(new BlockingConnection(loop(), TlsChannel.server(channel, TestPeers.LOCALHOST)));
            }
        };
        listener.createSocket();
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        listener.listen(5);
        port = ((InetSocketAddress) Objects.requireNonNull(listener.localAddress())).getPort();
        running = PeerThread.run(() -> {
            loop.run();
            return true;
        });
    }

    @AfterEach
    void close() throws Exception {
        loop.stop();
        running.get();
        loop.close();
    }

    private BlockingConnection accept() throws InterruptedException {
        return Objects.requireNonNull(accepted.poll(60, TimeUnit.SECONDS));
    }

    private SSLSocket connect(String protocol) throws IOException {
        return TestPeers.socket(port, TestPeers.LOCALHOST, protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bytesOfBothDirectionsArriveWhole(String protocol) throws Exception {
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        PeerThread<byte[]> peer = PeerThread.run(() -> {
            try (SSLSocket socket = connect(protocol)) {
                socket.getOutputStream().write(sent);
                return socket.getInputStream().readAllBytes();
            }
        });
        try (BlockingConnection connection = accept()) {
            byte[] received = connection.inputStream().readNBytes(sent.length);
            assertArrayEquals(sent, received);
            connection.outputStream().write(received);
            connection.shutdownOutput();
            assertEquals(-1, connection.inputStream().read()); // the peer answers changes of keys until its end
        }
        assertArrayEquals(sent, peer.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void closeIsTheEndForThePeerAfterAllBytes(String protocol) throws Exception {
        PeerThread<String> peer = PeerThread.run(() -> {
            try (SSLSocket socket = connect(protocol)) {
                return new String(socket.getInputStream().readAllBytes(), US_ASCII);
            }
        });
        try (BlockingConnection connection = accept()) {
            connection.outputStream().write("hello".getBytes(US_ASCII));
            connection.outputStream().flush();
        }
        assertEquals("hello", peer.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void readTimesOutBeforeTheHandshakeAndAfterItWithoutLosingBytes(String protocol) throws Exception {
        try (SSLSocket socket = connect(protocol);
                BlockingConnection connection = accept()) {
            connection.setReadTimeout(Duration.ofMillis(20));
            assertThrows(SocketTimeoutException.class, connection.inputStream()::read);
            PeerThread<Boolean> peer = PeerThread.run(() -> {
                socket.getOutputStream().write("hello".getBytes(US_ASCII));
                return true;
            });
            connection.setReadTimeout(Duration.ZERO);
            assertEquals("hello", new String(connection.inputStream().readNBytes(5), US_ASCII));
            connection.setReadTimeout(Duration.ofMillis(20));
            assertThrows(SocketTimeoutException.class, connection.inputStream()::read);
            peer.get();
        }
    }

    @Test
    void shutdownOutputIsTheEndForThePeerWhichGoesOnSending() throws Exception {
        PeerThread<String> peer = PeerThread.run(() -> {
            try (SSLSocket socket = connect("TLSv1.3")) {
                String received = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                socket.getOutputStream().write(received.getBytes(US_ASCII));
                return received;
            }
        });
        try (BlockingConnection connection = accept()) {
            connection.outputStream().write("hello".getBytes(US_ASCII));
            connection.shutdownOutput();
            assertEquals("hello", new String(connection.inputStream().readAllBytes(), US_ASCII));
        }
        assertEquals("hello", peer.get());
    }

    @Test
    void failureOfTheHandshakeIsTheCauseOfTheException() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BlockingConnection connection = accept()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            IOException e = assertThrows(IOException.class, connection.inputStream()::read);
            assertInstanceOf(SSLException.class, e.getCause());
            assertThrows(IOException.class, () -> connection.outputStream().write(1));
        }
    }
}
