// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends to a peer that has shut down its output and still reads, over sockets of the system. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class HalfCloseTest {
    private final Loop loop;
    private final byte[] much = new byte[8_000_000]; // more than sockets hold

    HalfCloseTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
        new Random(1).nextBytes(much);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Sends until nothing more is taken. Sends the rest after the peer's end if the test says so. */
    private final class Sender extends RecordingDispatcher {
        int taken;
        int unsentAtThePeersEnd;
        boolean sendsTheRest;

        Sender(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        Sender(Loop loop) {
            super(loop);
        }

        /** Fills the sockets too, which pass bytes on, and grow, for a while after a write that takes nothing. */
        void fill() throws Exception {
            channel().setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
            ByteBuffer source = ByteBuffer.wrap(much);
            int before;
            do {
                before = taken;
                while (channel().write(source) > 0) {
                    taken = source.position();
                }
                loop.refresh(this);
                LoopAwait.turns(loop, Duration.ofMillis(100));
            } while (taken > before || unsentBytes() == 0);
        }

        @Override
        public boolean readable() {
            return !isClosed();
        }

        /** Returns true if its socket is kept open for unsent bytes. */
        boolean lingers() {
            return !channel().isOpen() && ((TlsChannel) channel()).transport().isOpen();
        }

        @Override
        public void handleClose() {
            hooks.add("close");
            unsentAtThePeersEnd = unsentBytes();
            if (!sendsTheRest) {
                close();
                return;
            }
            try {
                send(Arrays.copyOfRange(much, taken, much.length));
            } catch (IOException e) {
                handleError(e);
            }
        }
    }

    /** A connection within the loop: one side sends, the other shuts down its output. */
    private final class Sides {
        final Sender sender;
        final RecordingDispatcher ender;

        Sides(String protocol, boolean serverSends) throws Exception {
            TestListener listener = new TestListener(loop, channel -> {
                TlsChannel tls = TlsChannel.server(channel, TestPeers.LOCALHOST);
                return serverSends ? new Sender(loop, tls) : new RecordingDispatcher(loop, tls);
            });
            SSLEngine engine = TestPeers.engine(listener, TestPeers.LOCALHOST, protocol);
            RecordingDispatcher client = serverSends ? new RecordingDispatcher(loop) : new Sender(loop);
            client.createSocket();
            client.setSocket(TlsChannel.over(client.channel(), engine));
            client.connect(listener.at());
            LoopAwait.until(loop, () -> !client.hooks.isEmpty() && !listener.dispatchers.isEmpty());
            assertEquals("[connect]", client.hooks.toString());
            client.hooks.clear();
            RecordingDispatcher server = listener.dispatchers.get(0);
            LoopAwait.until(loop, ((TlsChannel) server.channel())::isEstablished);
            sender = (Sender) (serverSends ? server : client);
            ender = serverSends ? client : server;
        }

        /** Lets one side send until nothing more is taken, and the other shut down its output without a read. */
        void fillAndEnd() throws Exception {
            ender.listening = false;
            loop.refresh(ender);
            sender.fill();
            ender.shutdownOutput();
            LoopAwait.until(loop, sender::isClosed);
            assertTrue(sender.unsentAtThePeersEnd > 0);
        }

        void readOn() throws Exception {
            ender.listening = true;
            loop.refresh(ender);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
    void peerThatHasShutDownItsOutputReceivesBytesTakenBefore(String protocol, boolean serverSends) throws Exception {
        Sides sides = new Sides(protocol, serverSends);
        sides.fillAndEnd();
        assertTrue(sides.sender.lingers());
        sides.readOn();
        LoopAwait.until(loop, sides.ender::isClosed);
        assertArrayEquals(Arrays.copyOf(much, sides.sender.taken), sides.ender.received.toByteArray());
        assertEquals("[close]", sides.ender.hooks.toString());
        assertEquals("[close]", sides.sender.hooks.toString());
    }

    /** Before TLS 1.3 the peer's end ends both directions, as EndTest shows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void peerThatHasShutDownItsOutputReceivesBytesSentAfterwards(boolean serverSends) throws Exception {
        Sides sides = new Sides("TLSv1.3", serverSends);
        sides.sender.sendsTheRest = true;
        sides.fillAndEnd();
        sides.readOn();
        LoopAwait.until(loop, () -> sides.ender.received.size() >= much.length);
        sides.sender.close();
        LoopAwait.until(loop, sides.ender::isClosed);
        assertArrayEquals(much, sides.ender.received.toByteArray());
        assertEquals("[close]", sides.ender.hooks.toString());
        assertEquals("[close]", sides.sender.hooks.toString());
    }

    /** The turn that calls {@code handleConnect} goes on with {@code handleWrite}, which has nothing left to send. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void outputShutDownInHandleConnectLosesNoConnection(String protocol) throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        RecordingDispatcher client = new RecordingDispatcher(loop) {
            @Override
            public void handleConnect() throws IOException {
                super.handleConnect();
                send("hello".getBytes(US_ASCII));
                shutdownOutput();
            }

            @Override
            public void handleLost(IOException cause) {
                hooks.add("lost: " + cause.getMessage());
            }
        };
        client.createSocket();
        client.setSocket(TlsChannel.over(client.channel(), TestPeers.engine(listener, TestPeers.LOCALHOST, protocol)));
        client.connect(listener.at());
        LoopAwait.until(loop, client::isClosed);
        assertEquals("[connect, close]", client.hooks.toString());
        assertEquals("hello", listener.dispatchers.get(0).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void jdkSocketThatHasShutDownItsOutputReceivesBytesTakenBefore(String protocol) throws Exception {
        TestListener listener =
                new TestListener(loop, channel -> new Sender(loop, TlsChannel.server(channel, TestPeers.LOCALHOST)));
        CountDownLatch filled = new CountDownLatch(1);
        CountDownLatch mayRead = new CountDownLatch(1);
        PeerThread<byte[]> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, protocol)) {
                socket.getOutputStream().write('a');
                filled.await();
                socket.shutdownOutput();
                mayRead.await();
                return socket.getInputStream().readAllBytes();
            }
        });
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).received.size() == 1);
        Sender sender = (Sender) listener.dispatchers.get(0);
        sender.fill();
        filled.countDown();
        LoopAwait.until(loop, sender::isClosed);
        assertTrue(sender.lingers());
        mayRead.countDown();
        assertArrayEquals(Arrays.copyOf(much, sender.taken), peer.result(loop));
        assertEquals("[close]", sender.hooks.toString());
    }
}
