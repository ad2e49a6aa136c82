// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are cut or reset after any byte: both ends get one last hook, and nothing is left in the loop. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class CutConnectionTest {
    private final Loop loop;

    CutConnectionTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Relays a connection, and cuts it after a number of bytes of both directions together. */
    private static final class Cutter implements Closeable {
        private final ServerSocket listener =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        private final AtomicInteger left;
        private final boolean resets;

        Cutter(int port, int bytes, boolean resets) throws IOException {
            left = new AtomicInteger(bytes);
            this.resets = resets;
            PeerThread.run(() -> relay(port));
        }

        InetSocketAddress at() {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }

        private boolean relay(int port) throws Exception {
            try (Socket client = listener.accept();
                    Socket server = new Socket(listener.getInetAddress(), port)) {
                PeerThread<Boolean> back = PeerThread.run(() -> pour(server, client));
                pour(client, server);
                return back.get();
            }
        }

        private boolean pour(Socket from, Socket to) throws IOException {
            try {
                byte[] buffer = new byte[1 << 14];
                for (int n = from.getInputStream().read(buffer, 0, 1);
                        n >= 0 && left.addAndGet(-n) >= 0;
                        n = from.getInputStream().read(buffer, 0, Math.max(1, Math.min(left.get(), 50)))) {
                    to.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException e) {
                // the other direction has closed both sockets
            } finally {
                if (resets) {
                    from.setSoLinger(true, 0);
                    to.setSoLinger(true, 0);
                }
                from.close();
                to.close();
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,false", "TLSv1.2,true", "TLSv1.3,false", "TLSv1.3,true"})
    void cutConnectionEndsOnceOnBothSidesAndLeavesNothing(String protocol, boolean resets) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            int bytes = random.nextInt(i < 8 ? 2_500 : 100_000);
            TestListener listener =
                    new TestListener(loop, channel -> sending(new RecordingDispatcher(loop, server(channel))));
            try (Cutter cutter = new Cutter(listener.port(), bytes, resets)) {
                SSLEngine engine = TestPeers.engine(listener, TestPeers.LOCALHOST, protocol);
                RecordingDispatcher client = new RecordingDispatcher(loop);
                client.createSocket();
                client.setSocket(TlsChannel.over(client.channel(), engine));
                client.connect(cutter.at());
                sending(client);
                LoopAwait.until(loop, () -> isOver(client));
                LoopAwait.until(loop, () -> listener.dispatchers.stream().allMatch(CutConnectionTest::isOver));
                listener.close();
                assertEquals(List.of(), List.copyOf(loop.dispatchers()));
                for (RecordingDispatcher dispatcher : listener.dispatchers) {
                    assertEndedOnce(dispatcher);
                }
                assertEndedOnce(client);
                loop.run(Duration.ofMillis(10), 2); // until no connection lingers
            }
        }
        loop.run();
    }

    private static TlsChannel server(StreamChannel channel) {
        return TlsChannel.server(channel, TestPeers.LOCALHOST);
    }

    /** Sends more bytes than the relay passes on. */
    private static RecordingDispatcher sending(RecordingDispatcher dispatcher) throws IOException {
        dispatcher.send(new byte[1_000_000]);
        return dispatcher;
    }

    private static boolean isOver(RecordingDispatcher dispatcher) {
        return dispatcher.isClosed() || dispatcher.error != null;
    }

    private static void assertEndedOnce(RecordingDispatcher dispatcher) {
        List<String> ends = dispatcher.hooks.stream()
                .filter(hook -> !hook.equals("connect"))
                .toList();
        assertEquals(1, ends.size(), dispatcher.hooks::toString);
        assertFalse(dispatcher.channel().isOpen());
    }
}
