// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that do not complete a handshake. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class HandshakeTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Loop loop;

    HandshakeTimeoutTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private static TlsChannel withTimeout(TlsChannel channel, Duration timeout) {
        channel.setHandshakeTimeout(timeout);
        return channel;
    }

    private TestListener listener(Duration timeout) throws IOException {
        return new TestListener(
                loop,
                channel -> new RecordingDispatcher(
                        loop, withTimeout(TlsChannel.server(channel, TestPeers.LOCALHOST), timeout)));
    }

    private RecordingDispatcher accepted(TestListener listener) throws Exception {
        LoopAwait.until(loop, () -> listener.dispatchers.size() == 1);
        return listener.dispatchers.get(0);
    }

    private static void assertTimedOut(RecordingDispatcher dispatcher) {
        assertEquals("[error]", dispatcher.hooks.toString());
        SSLException error = assertInstanceOf(SSLException.class, dispatcher.error);
        assertTrue(String.valueOf(error.getMessage()).contains("PT0.1S"), error::toString);
    }

    @Test
    void handshakeWithASilentClientTimesOut() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = accepted(listener);
            LoopAwait.until(loop, () -> server.error != null);
            assertTimedOut(server);
            silent.setSoTimeout(60_000);
            silent.getInputStream().readAllBytes();
        }
    }

    @Test
    void handshakeThatAClientStopsHalfwayTimesOut() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket slow = listener.dial()) {
            slow.getOutputStream().write(new byte[] {22, 3, 1, 0, 50, 1});
            RecordingDispatcher server = accepted(listener);
            LoopAwait.until(loop, () -> server.error != null);
            assertTimedOut(server);
        }
    }

    @Test
    void dispatcherWithoutInterestGetsTheTimeoutToo() throws Exception {
        TestListener listener = new TestListener(loop, channel -> {
            RecordingDispatcher idle =
                    new RecordingDispatcher(loop, withTimeout(TlsChannel.server(channel, TestPeers.LOCALHOST), SHORT));
            idle.listening = false;
            return idle;
        });
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = accepted(listener);
            LoopAwait.until(loop, () -> server.error != null);
            assertTimedOut(server);
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void handshakeWithASilentServerTimesOut() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new RecordingDispatcher(loop, channel));
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        client.setSocket(withTimeout(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", 1), SHORT));
        client.connect(listener.at());
        LoopAwait.until(loop, () -> client.error != null);
        assertTimedOut(client);
    }

    @Test
    void upgradeWithoutAnswerTimesOut() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new RecordingDispatcher(loop, channel));
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        client.connect(listener.at());
        LoopAwait.until(loop, client::connected);
        client.hooks.clear();
        client.setSocket(withTimeout(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", 1), SHORT));
        LoopAwait.until(loop, () -> client.error != null);
        assertTimedOut(client);
    }

    @Test
    void timeoutHasNoEffectAfterTheHandshake() throws Exception {
        TestListener listener = listener(Duration.ofSeconds(60));
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        client.send(new byte[1]);
        LoopAwait.until(loop, () -> accepted(listener).received.size() == 1);
        TlsChannel over = (TlsChannel) client.channel();
        over.setHandshakeTimeout(Duration.ofMillis(1));
        ((TlsChannel) accepted(listener).channel()).setHandshakeTimeout(Duration.ofMillis(1));
        assertTrue(LoopAwait.turns(loop, SHORT) < 10);
        client.send(new byte[1]);
        LoopAwait.until(loop, () -> accepted(listener).received.size() == 2);
        assertEquals("[connect]", client.hooks.toString());
    }

    @Test
    void zeroTimeoutMeansNoLimit() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = accepted(listener);
            ((TlsChannel) server.channel()).setHandshakeTimeout(Duration.ZERO);
            LoopAwait.turns(loop, SHORT.multipliedBy(3));
            assertEquals("[]", server.hooks.toString());
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void timerStopsWhileTheDispatcherIsNotInTheLoop() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = accepted(listener);
            StreamChannel channel = server.channel();
            server.delChannel();
            LoopAwait.turns(loop, SHORT.multipliedBy(3));
            assertEquals("[]", server.hooks.toString());
            server.addChannel();
            LoopAwait.until(loop, () -> server.error != null);
            assertTimedOut(server);
            assertTrue(!channel.isOpen() && silent.isConnected());
        }
    }

    @Test
    void negativeTimeoutIsRefused() throws Exception {
        TestListener listener = listener(SHORT);
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        TlsChannel channel = (TlsChannel) client.channel();
        assertThrows(IllegalArgumentException.class, () -> channel.setHandshakeTimeout(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> channel.setLingerTimeout(Duration.ofNanos(-1)));
    }
}
