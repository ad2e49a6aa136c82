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

/** Peers that do not bring a handshake to its end. */
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

    private static TlsChannel impatient(TlsChannel channel, Duration timeout) {
        channel.setHandshakeTimeout(timeout);
        return channel;
    }

    private TestListener listener(Duration timeout) throws IOException {
        return new TestListener(
                loop,
                channel -> new RecordingDispatcher(
                        loop, impatient(TlsChannel.server(channel, TestPeers.LOCALHOST), timeout)));
    }

    private RecordingDispatcher only(TestListener listener) throws Exception {
        LoopAwait.until(loop, () -> listener.dispatchers.size() == 1);
        return listener.dispatchers.get(0);
    }

    private static void assertTimedOut(RecordingDispatcher dispatcher) {
        assertEquals("[error]", dispatcher.hooks.toString());
        SSLException error = assertInstanceOf(SSLException.class, dispatcher.error);
        assertTrue(String.valueOf(error.getMessage()).contains("PT0.1S"), error::toString);
    }

    @Test
    void serverGivesUpAClientThatSaysNothing() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = only(listener);
            LoopAwait.until(loop, () -> server.error != null);
            assertTimedOut(server);
            silent.setSoTimeout(60_000);
            silent.getInputStream().readAllBytes();
        }
    }

    @Test
    void serverGivesUpAClientThatStopsInTheMidst() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket slow = listener.dial()) {
            slow.getOutputStream().write(new byte[] {22, 3, 1, 0, 50, 1});
            RecordingDispatcher server = only(listener);
            LoopAwait.until(loop, () -> server.error != null);
            assertTimedOut(server);
        }
    }

    @Test
    void dispatcherThatWantsNothingIsToldToo() throws Exception {
        TestListener listener = new TestListener(loop, channel -> {
            RecordingDispatcher deaf =
                    new RecordingDispatcher(loop, impatient(TlsChannel.server(channel, TestPeers.LOCALHOST), SHORT));
            deaf.listening = false;
            return deaf;
        });
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = only(listener);
            LoopAwait.until(loop, () -> server.error != null);
            assertTimedOut(server);
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void clientGivesUpAServerThatSaysNothing() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new RecordingDispatcher(loop, channel));
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        client.setSocket(impatient(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", 1), SHORT));
        client.connect(listener.at());
        LoopAwait.until(loop, () -> client.error != null);
        assertTimedOut(client);
    }

    @Test
    void upgradeThatIsNeverAnsweredIsGivenUp() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new RecordingDispatcher(loop, channel));
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        client.connect(listener.at());
        LoopAwait.until(loop, client::connected);
        client.hooks.clear();
        client.setSocket(impatient(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", 1), SHORT));
        LoopAwait.until(loop, () -> client.error != null);
        assertTimedOut(client);
    }

    @Test
    void connectionIsLeftAloneOnceItsHandshakeIsOver() throws Exception {
        TestListener listener = listener(Duration.ofSeconds(60));
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        client.send(new byte[1]);
        LoopAwait.until(loop, () -> only(listener).received.size() == 1);
        TlsChannel over = (TlsChannel) client.channel();
        over.setHandshakeTimeout(Duration.ofMillis(1));
        ((TlsChannel) only(listener).channel()).setHandshakeTimeout(Duration.ofMillis(1));
        assertTrue(LoopAwait.turns(loop, SHORT) < 10);
        client.send(new byte[1]);
        LoopAwait.until(loop, () -> only(listener).received.size() == 2);
        assertEquals("[connect]", client.hooks.toString());
    }

    @Test
    void handshakeMayTakeAnyTimeIfItIsSaidSo() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = only(listener);
            ((TlsChannel) server.channel()).setHandshakeTimeout(Duration.ZERO);
            LoopAwait.turns(loop, SHORT.multipliedBy(3));
            assertEquals("[]", server.hooks.toString());
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void dispatcherThatHasLeftIsNotWaitedFor() throws Exception {
        TestListener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            RecordingDispatcher server = only(listener);
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
    void negativeTimeIsRefused() throws Exception {
        TestListener listener = listener(SHORT);
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        TlsChannel channel = (TlsChannel) client.channel();
        assertThrows(IllegalArgumentException.class, () -> channel.setHandshakeTimeout(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> channel.setLingerTimeout(Duration.ofNanos(-1)));
    }
}
