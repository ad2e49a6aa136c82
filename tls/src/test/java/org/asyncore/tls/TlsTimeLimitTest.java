// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.TimeLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Time limits of dispatchers over TLS. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class TlsTimeLimitTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Loop loop;

    TlsTimeLimitTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Returns the server's side of a connection whose client waits for nothing after the handshake. */
    private RecordingDispatcher serverOfASilentClient() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        LoopAwait.until(loop, client::connected);
        client.send(new byte[1]);
        RecordingDispatcher server = listener.dispatchers.get(0);
        LoopAwait.until(loop, () -> server.received.size() == 1);
        client.listening = false;
        loop.refresh(client);
        return server;
    }

    @Test
    void peerThatStopsReadingReachesTheWriteLimit() throws Exception {
        RecordingDispatcher server = serverOfASilentClient();
        server.setTimeLimit(TimeLimit.WRITE_IDLE, SHORT);
        server.send(new byte[16 << 20]);
        LoopAwait.until(loop, server::isClosed);
        assertEquals("[close]", server.hooks.toString());
    }

    @Test
    void silentPeerReachesTheReadLimitAndNoWriteLimit() throws Exception {
        RecordingDispatcher server = serverOfASilentClient();
        server.setTimeLimit(TimeLimit.WRITE_IDLE, Duration.ofNanos(1));
        server.send(new byte[1]);
        LoopAwait.until(loop, () -> server.unsentBytes() == 0);
        LoopAwait.turns(loop, SHORT);
        assertEquals("[]", server.hooks.toString());
        server.setTimeLimit(TimeLimit.READ_IDLE, SHORT);
        LoopAwait.until(loop, server::isClosed);
    }

    @Test
    void handshakeThatDoesNotEndReachesTheConnectLimit() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new RecordingDispatcher(loop, channel));
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        client.setSocket(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", 1));
        client.setTimeLimit(TimeLimit.CONNECT, SHORT);
        client.connect(listener.at());
        LoopAwait.until(loop, client::isClosed);
        assertEquals("[close]", client.hooks.toString());
    }
}
