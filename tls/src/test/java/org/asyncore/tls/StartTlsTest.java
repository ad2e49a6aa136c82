// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that begin without TLS (STARTTLS). */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class StartTlsTest {
    private final Loop loop;

    StartTlsTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Changes to TLS when asked to, and then sends a greeting. */
    private static final class Server extends RecordingDispatcher {
        Server(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        void handleBytes(byte[] bytes) throws IOException {
            super.handleBytes(bytes);
            if (text().endsWith("STARTTLS\n")) {
                send("GO\n".getBytes(US_ASCII));
                setSocket(TlsChannel.server(stream(), TestPeers.LOCALHOST));
                send("hello\n".getBytes(US_ASCII));
            }
        }
    }

    /** Changes to TLS when the server allows it. */
    private static final class Client extends RecordingDispatcher {
        Client(Loop loop) {
            super(loop);
        }

        @Override
        void handleBytes(byte[] bytes) throws IOException {
            super.handleBytes(bytes);
            if (text().equals("GO\n")) {
                setSocket(TlsChannel.client(stream(), TestPeers.LOCALHOST, "localhost", 25));
                send("inside\n".getBytes(US_ASCII));
            }
        }
    }

    @Test
    void bothSidesChangeToTlsDuringAConnection() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new Server(loop, channel));
        Client client = new Client(loop);
        client.createSocket();
        client.connect(listener.at());
        client.send("STARTTLS\n".getBytes(US_ASCII));
        LoopAwait.until(loop, () -> client.text().equals("GO\nhello\n"));
        RecordingDispatcher server = listener.dispatchers.get(0);
        LoopAwait.until(loop, () -> server.text().equals("STARTTLS\ninside\n"));
        client.close();
        LoopAwait.until(loop, server::isClosed);
        assertEquals("[close]", server.hooks.toString());
        assertEquals("[connect]", client.hooks.toString());
    }

    @Test
    void serverChangesToTlsForAJdkSocket() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new Server(loop, channel));
        PeerThread<String> peer = PeerThread.run(() -> {
            try (Socket plain = listener.dial()) {
                plain.getOutputStream().write("STARTTLS\n".getBytes(US_ASCII));
                String answer = new String(plain.getInputStream().readNBytes(3), US_ASCII);
                SSLSocket socket = (SSLSocket)
                        TestPeers.LOCALHOST.getSocketFactory().createSocket(plain, "localhost", listener.port(), true);
                answer += new String(socket.getInputStream().readNBytes(6), US_ASCII);
                socket.close();
                return answer;
            }
        });
        assertEquals("GO\nhello\n", peer.result(loop));
        LoopAwait.until(loop, listener.dispatchers.get(0)::isClosed);
    }
}
