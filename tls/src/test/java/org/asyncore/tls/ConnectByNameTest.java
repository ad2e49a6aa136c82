// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.asyncore.Loop;
import org.asyncore.TimeLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS clients that connect by a name. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class ConnectByNameTest {
    private final Loop loop;

    ConnectByNameTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy
                .builder()
                .hostResolver(host -> List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
                .open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private RecordingDispatcher client(String host, TestListener listener) throws Exception {
        RecordingDispatcher client = new RecordingDispatcher(loop);
        int port = listener.port();
        client.connect(host, port, tcp -> TlsChannel.client(tcp, TestPeers.LOCALHOST, host, port));
        return client;
    }

    @Test
    void handleConnectFollowsTheHandshake() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        RecordingDispatcher client = client("localhost", listener);
        LoopAwait.until(loop, client::connected);
        assertEquals("[connect]", client.hooks.toString());
        client.send(new byte[] {'a', 'b'});
        LoopAwait.until(loop, () -> listener.dispatchers.get(0).text().equals("ab"));
    }

    @Test
    void certificateOfAnotherNameIsAnError() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        RecordingDispatcher client = client("other.test", listener);
        LoopAwait.until(loop, () -> !client.hooks.isEmpty());
        assertEquals("[error]", client.hooks.toString());
        assertInstanceOf(SSLException.class, client.error);
    }

    @Test
    void connectLimitIncludesTheHandshake() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new RecordingDispatcher(loop, channel));
        RecordingDispatcher client = client("localhost", listener);
        client.setTimeLimit(TimeLimit.CONNECT, Duration.ofMillis(300));
        LoopAwait.until(loop, client::isClosed);
        assertEquals("[close]", client.hooks.toString());
    }
}
