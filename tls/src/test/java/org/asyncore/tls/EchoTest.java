// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent comes back. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.Ground#all")
final class EchoTest {
    private final Loop loop;

    EchoTest(Ground ground) {
        loop = ground.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Sends back what it hears, and takes no more while a quarter of a megabyte waits. */
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
        return new Listener(loop, channel -> new Echo(loop, TlsChannel.server(channel, Ends.LOCALHOST)));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(1).nextBytes(random);
        return random;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientAndServerTalkInOneLoop(String protocol) throws Exception {
        Listener listener = listener();
        Talker client = Ends.client(loop, listener, Ends.LOCALHOST, protocol);
        client.send("hello".getBytes(US_ASCII));
        Until.holds(loop, () -> client.received.size() == 5);
        assertEquals("hello", client.text());
        assertEquals("[connect]", client.hooks.toString());
        assertEquals(protocol, ((TlsChannel) client.channel()).session().getProtocol());
    }

    /** Their connection stands at once, which the handshake has still to follow. */
    @Test
    void unixDomainSocketsWillDo(@TempDir Path folder) throws Exception {
        SocketAddress local = UnixDomainSocketAddress.of(folder.resolve("echo"));
        Listener listener = new Listener(
                loop,
                StandardProtocolFamily.UNIX,
                local,
                channel -> new Echo(loop, TlsChannel.server(channel, Ends.LOCALHOST)));
        Talker client = new Talker(loop);
        client.createSocket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        client.setSocket(TlsChannel.client(client.channel(), Ends.LOCALHOST, "localhost", 1));
        client.connect(local);
        client.send("hello".getBytes(US_ASCII));
        assertEquals("[]", client.hooks.toString());
        Until.holds(loop, () -> client.text().equals("hello"));
        assertEquals("[connect]", client.hooks.toString());
        assertEquals(1, listener.talkers.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void megabytesComeBackUnchanged(String protocol) throws Exception {
        byte[] sent = random(10_000_000);
        Listener listener = listener();
        Talker client = Ends.client(loop, listener, Ends.LOCALHOST, protocol);
        client.send(sent);
        Until.holds(loop, () -> client.received.size() >= sent.length);
        assertArrayEquals(sent, client.received.toByteArray());
        client.close();
        Until.holds(loop, () -> listener.talkers.get(0).isClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void megabytesComeBackToTheJdksSocket(String protocol) throws Exception {
        byte[] sent = random(3_000_000);
        Listener listener = listener();
        Elsewhere<byte[]> peer = Elsewhere.run(() -> {
            try (SSLSocket socket = Ends.socket(listener.port(), Ends.LOCALHOST, protocol)) {
                socket.startHandshake();
                Elsewhere<Boolean> sending = Elsewhere.run(() -> sendAll(socket, sent));
                byte[] back = socket.getInputStream().readNBytes(sent.length);
                sending.get();
                return back;
            }
        });
        assertArrayEquals(sent, peer.over(loop));
        Until.holds(loop, () -> listener.talkers.get(0).isClosed());
        assertEquals("[close]", listener.talkers.get(0).hooks.toString());
    }

    private static boolean sendAll(SSLSocket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return true;
    }
}
