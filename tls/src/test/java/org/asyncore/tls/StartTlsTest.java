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

/** Connections that begin in the clear. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.Ground#all")
final class StartTlsTest {
    private final Loop loop;

    StartTlsTest(Ground ground) {
        loop = ground.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Goes over to TLS when asked to, and says hello then. */
    private static final class Server extends Talker {
        Server(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        void heard(byte[] bytes) throws IOException {
            super.heard(bytes);
            if (text().endsWith("STARTTLS\n")) {
                send("GO\n".getBytes(US_ASCII));
                setSocket(TlsChannel.server(stream(), Ends.LOCALHOST));
                send("hello\n".getBytes(US_ASCII));
            }
        }
    }

    /** Goes over to TLS when it is allowed to. */
    private static final class Client extends Talker {
        Client(Loop loop) {
            super(loop);
        }

        @Override
        void heard(byte[] bytes) throws IOException {
            super.heard(bytes);
            if (text().equals("GO\n")) {
                setSocket(TlsChannel.client(stream(), Ends.LOCALHOST, "localhost", 25));
                send("inside\n".getBytes(US_ASCII));
            }
        }
    }

    @Test
    void bothSidesGoOverInTheMidstOfAConnection() throws Exception {
        Listener listener = new Listener(loop, channel -> new Server(loop, channel));
        Client client = new Client(loop);
        client.createSocket();
        client.connect(listener.at());
        client.send("STARTTLS\n".getBytes(US_ASCII));
        Until.holds(loop, () -> client.text().equals("GO\nhello\n"));
        Talker server = listener.talkers.get(0);
        Until.holds(loop, () -> server.text().equals("STARTTLS\ninside\n"));
        client.close();
        Until.holds(loop, server::isClosed);
        assertEquals("[close]", server.hooks.toString());
        assertEquals("[connect]", client.hooks.toString());
    }

    @Test
    void serverGoesOverForTheJdksSocketToo() throws Exception {
        Listener listener = new Listener(loop, channel -> new Server(loop, channel));
        Elsewhere<String> peer = Elsewhere.run(() -> {
            try (Socket plain = listener.dial()) {
                plain.getOutputStream().write("STARTTLS\n".getBytes(US_ASCII));
                String answer = new String(plain.getInputStream().readNBytes(3), US_ASCII);
                SSLSocket socket = (SSLSocket)
                        Ends.LOCALHOST.getSocketFactory().createSocket(plain, "localhost", listener.port(), true);
                answer += new String(socket.getInputStream().readNBytes(6), US_ASCII);
                socket.close();
                return answer;
            }
        });
        assertEquals("GO\nhello\n", peer.over(loop));
        Until.holds(loop, listener.talkers.get(0)::isClosed);
    }
}
