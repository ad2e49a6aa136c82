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
@MethodSource("org.asyncore.tls.Ground#all")
final class HandshakeTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Loop loop;

    HandshakeTimeoutTest(Ground ground) {
        loop = ground.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private static TlsChannel impatient(TlsChannel channel, Duration timeout) {
        channel.setHandshakeTimeout(timeout);
        return channel;
    }

    private Listener listener(Duration timeout) throws IOException {
        return new Listener(
                loop, channel -> new Talker(loop, impatient(TlsChannel.server(channel, Ends.LOCALHOST), timeout)));
    }

    private Talker only(Listener listener) throws Exception {
        Until.holds(loop, () -> listener.talkers.size() == 1);
        return listener.talkers.get(0);
    }

    private static void assertTimedOut(Talker talker) {
        assertEquals("[error]", talker.hooks.toString());
        SSLException error = assertInstanceOf(SSLException.class, talker.error);
        assertTrue(String.valueOf(error.getMessage()).contains("PT0.1S"), error::toString);
    }

    @Test
    void serverGivesUpAClientThatSaysNothing() throws Exception {
        Listener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            Talker server = only(listener);
            Until.holds(loop, () -> server.error != null);
            assertTimedOut(server);
            silent.setSoTimeout(60_000);
            silent.getInputStream().readAllBytes();
        }
    }

    @Test
    void serverGivesUpAClientThatStopsInTheMidst() throws Exception {
        Listener listener = listener(SHORT);
        try (Socket slow = listener.dial()) {
            slow.getOutputStream().write(new byte[] {22, 3, 1, 0, 50, 1});
            Talker server = only(listener);
            Until.holds(loop, () -> server.error != null);
            assertTimedOut(server);
        }
    }

    @Test
    void dispatcherThatWantsNothingIsToldToo() throws Exception {
        Listener listener = new Listener(loop, channel -> {
            Talker deaf = new Talker(loop, impatient(TlsChannel.server(channel, Ends.LOCALHOST), SHORT));
            deaf.listening = false;
            return deaf;
        });
        try (Socket silent = listener.dial()) {
            Talker server = only(listener);
            Until.holds(loop, () -> server.error != null);
            assertTimedOut(server);
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void clientGivesUpAServerThatSaysNothing() throws Exception {
        Listener listener = new Listener(loop, channel -> new Talker(loop, channel));
        Talker client = new Talker(loop);
        client.createSocket();
        client.setSocket(impatient(TlsChannel.client(client.channel(), Ends.LOCALHOST, "localhost", 1), SHORT));
        client.connect(listener.at());
        Until.holds(loop, () -> client.error != null);
        assertTimedOut(client);
    }

    @Test
    void upgradeThatIsNeverAnsweredIsGivenUp() throws Exception {
        Listener listener = new Listener(loop, channel -> new Talker(loop, channel));
        Talker client = new Talker(loop);
        client.createSocket();
        client.connect(listener.at());
        Until.holds(loop, client::connected);
        client.hooks.clear();
        client.setSocket(impatient(TlsChannel.client(client.channel(), Ends.LOCALHOST, "localhost", 1), SHORT));
        Until.holds(loop, () -> client.error != null);
        assertTimedOut(client);
    }

    @Test
    void connectionIsLeftAloneOnceItsHandshakeIsOver() throws Exception {
        Listener listener = listener(Duration.ofSeconds(60));
        Talker client = Ends.client(loop, listener, Ends.LOCALHOST);
        client.send(new byte[1]);
        Until.holds(loop, () -> only(listener).received.size() == 1);
        TlsChannel over = (TlsChannel) client.channel();
        over.setHandshakeTimeout(Duration.ofMillis(1));
        ((TlsChannel) only(listener).channel()).setHandshakeTimeout(Duration.ofMillis(1));
        assertTrue(Until.turns(loop, SHORT) < 10);
        client.send(new byte[1]);
        Until.holds(loop, () -> only(listener).received.size() == 2);
        assertEquals("[connect]", client.hooks.toString());
    }

    @Test
    void handshakeMayTakeAnyTimeIfItIsSaidSo() throws Exception {
        Listener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            Talker server = only(listener);
            ((TlsChannel) server.channel()).setHandshakeTimeout(Duration.ZERO);
            Until.turns(loop, SHORT.multipliedBy(3));
            assertEquals("[]", server.hooks.toString());
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void dispatcherThatHasLeftIsNotWaitedFor() throws Exception {
        Listener listener = listener(SHORT);
        try (Socket silent = listener.dial()) {
            Talker server = only(listener);
            StreamChannel channel = server.channel();
            server.delChannel();
            Until.turns(loop, SHORT.multipliedBy(3));
            assertEquals("[]", server.hooks.toString());
            server.addChannel();
            Until.holds(loop, () -> server.error != null);
            assertTimedOut(server);
            assertTrue(!channel.isOpen() && silent.isConnected());
        }
    }

    @Test
    void negativeTimeIsRefused() throws Exception {
        Listener listener = listener(SHORT);
        Talker client = Ends.client(loop, listener, Ends.LOCALHOST);
        TlsChannel channel = (TlsChannel) client.channel();
        assertThrows(IllegalArgumentException.class, () -> channel.setHandshakeTimeout(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> channel.setLingerTimeout(Duration.ofNanos(-1)));
    }
}
