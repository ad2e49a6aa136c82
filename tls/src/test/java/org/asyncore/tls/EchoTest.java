// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.spi.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent comes back, on every poller and from JDK's sockets too. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.Ground#all")
final class EchoTest {
    private static final SSLContext CONTEXT = Certificates.context("localhost");

    private final Loop loop;

    EchoTest(Ground ground) {
        loop = ground.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Sends back what it hears. */
    private static final class Echo extends Talker {
        Echo(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return buffered() < 1 << 18;
        }

        @Override
        void heard(byte[] bytes) throws IOException {
            send(bytes);
        }
    }

    private Listener listener() throws IOException {
        return new Listener(loop, channel -> new Echo(loop, TlsChannel.server(channel, CONTEXT)));
    }

    private Talker client(int port, String protocol) throws IOException {
        Talker client = new Talker(loop);
        client.createSocket();
        SSLEngine engine = ClientEngine.of(CONTEXT, "localhost", port);
        engine.setEnabledProtocols(new String[] {protocol});
        client.setSocket(TlsChannel.over(client.channel(), engine));
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientAndServerTalkInOneLoop(String protocol) throws Exception {
        Listener listener = listener();
        Talker client = client(listener.port(), protocol);
        client.connect(listener.at());
        client.send("hello".getBytes(US_ASCII));
        Until.holds(loop, () -> client.received.size() == 5);
        assertEquals("hello", client.text());
        assertEquals("[connect]", client.hooks.toString());
        assertEquals(protocol, ((TlsChannel) client.channel()).session().getProtocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void megabytesComeBackUnchanged(String protocol) throws Exception {
        byte[] sent = new byte[10_000_000];
        new Random(1).nextBytes(sent);
        Listener listener = listener();
        Talker client = client(listener.port(), protocol);
        client.connect(listener.at());
        client.send(sent);
        Until.holds(loop, () -> client.received.size() >= sent.length);
        assertArrayEquals(sent, client.received.toByteArray());
        client.close();
        Until.holds(loop, () -> listener.talkers.get(0).isClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void megabytesComeBackToTheJdksSocket(String protocol) throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        Listener listener = listener();
        FutureTask<byte[]> peer = new FutureTask<>(() -> {
            try (SSLSocket socket = (SSLSocket) CONTEXT.getSocketFactory().createSocket("127.0.0.1", listener.port())) {
                socket.setEnabledProtocols(new String[] {protocol});
                socket.startHandshake();
                new Thread(() -> sendAll(socket, sent)).start();
                return socket.getInputStream().readNBytes(sent.length);
            }
        });
        new Thread(peer).start();
        Until.holds(loop, peer::isDone);
        assertArrayEquals(sent, peer.get());
        Until.holds(loop, () -> listener.talkers.get(0).isClosed());
        assertEquals("[close]", listener.talkers.get(0).hooks.toString());
    }

    private static void sendAll(SSLSocket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
