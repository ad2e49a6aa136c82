// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of a loop that has a dispatcher over a {@link org.asyncore.channels.StreamLayer}. */
@Timeout(120)
public abstract class LayerContract {
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final int MAX_TURNS = 10; // in that time; a loop that spins makes thousands

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected LayerContract() {}

    /** One test's connection: a dispatcher over a layer, and its peer. */
    private static final class Scene implements AutoCloseable {
        final Loop loop;
        final LayerUser user;
        final ToyLayer layer;
        final SocketChannel peer;

        Scene(LoopFixture fixture, InterestPolicy policy) throws IOException {
            LoopConnection connection = fixture.connection();
            loop = fixture.builder().interestPolicy(policy).open();
            peer = connection.peer();
            layer = new ToyLayer(connection.channel());
            user = new LayerUser(loop, layer);
        }

        void send(String text) throws IOException {
            peer.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
        }

        String received(int bytes) throws IOException {
            return LayerContract.received(loop, peer, bytes);
        }

        void handshake() throws IOException {
            send("!");
            assertEquals("!", received(1));
            until(loop, layer::isEstablished);
        }

        void expectLog(String... expected) throws IOException {
            until(loop, () -> user.log.size() >= expected.length);
            assertEquals(List.of(expected), user.log);
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    /** Returns the next bytes that the peer receives while the loop runs. */
    private static String received(Loop loop, SocketChannel peer, int bytes) throws IOException {
        peer.configureBlocking(false);
        ByteBuffer target = ByteBuffer.allocate(bytes);
        until(loop, () -> peer.read(target) < 0 || !target.hasRemaining());
        return new String(target.array(), 0, target.position(), US_ASCII);
    }

    /** The condition that a test waits for. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void until(Loop loop, Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "did not happen in time");
            loop.runOnce(Duration.ofMillis(50));
        }
    }

    /** Runs the loop for a while, and fails if it spins. */
    private static void expectQuiet(Loop loop) {
        AtomicBoolean over = new AtomicBoolean();
        loop.schedule(QUIET, () -> over.set(true));
        int turns = 0;
        while (!over.get()) {
            loop.runOnce(Duration.ofSeconds(30));
            turns++;
        }
        int made = turns;
        assertTrue(turns < MAX_TURNS, () -> made + " turns");
    }

    @ParameterizedTest
    @EnumSource
    void handshakeRunsWithoutInterest(InterestPolicy policy) throws IOException {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.user.reading = false;
            scene.handshake();
            expectQuiet(scene.loop);
            scene.expectLog();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noHookIsCalledBeforeTheHandshakeEnds(InterestPolicy policy) throws IOException {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.user.writing = true;
            assertEquals("!", scene.received(1));
            expectQuiet(scene.loop);
            scene.expectLog();
            scene.send("!");
            scene.expectLog("write");
        }
    }

    @ParameterizedTest
    @EnumSource
    void handleConnectIsCalledAfterTheHandshake(InterestPolicy policy) throws IOException {
        try (ServerSocketChannel server = listening();
                Loop loop = fixture.builder().interestPolicy(policy).open()) {
            LayerUser client = connecting(loop, server);
            try (SocketChannel peer = server.accept()) {
                assertEquals("!", received(loop, peer, 1));
                expectQuiet(loop);
                assertEquals(List.of(), client.log);
                assertTrue(client.connecting());
                peer.write(ByteBuffer.wrap(new byte[] {'!'}));
                until(loop, () -> !client.log.isEmpty());
                assertEquals(List.of("connect"), client.log.subList(0, 1));
                assertTrue(client.connected());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedHandshakeIsAnErrorOfTheClient(InterestPolicy policy) throws IOException {
        try (ServerSocketChannel server = listening();
                Loop loop = fixture.builder().interestPolicy(policy).open()) {
            LayerUser client = connecting(loop, server);
            try (SocketChannel peer = server.accept()) {
                peer.write(ByteBuffer.wrap(new byte[] {'X'}));
                until(loop, () -> !client.log.isEmpty());
                assertEquals(List.of("an X was received"), client.log);
                assertFalse(client.connecting());
            }
        }
    }

    private static ServerSocketChannel listening() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
    }

    private static LayerUser connecting(Loop loop, ServerSocketChannel server) throws IOException {
        LayerUser client = new LayerUser(loop);
        client.createSocket();
        client.layer();
        client.connect(server.getLocalAddress());
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void bufferedBytesAreReportedWithoutThePoller(InterestPolicy policy) throws IOException {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.send("!abc");
            scene.expectLog("a", "b", "c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bufferedBytesWaitForAReadableDispatcher(InterestPolicy policy) throws IOException {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.user.reading = false;
            scene.send("!abc");
            until(scene.loop, scene.layer::isEstablished);
            expectQuiet(scene.loop);
            scene.expectLog();
            scene.user.reading = true;
            scene.loop.refresh(scene.user);
            scene.expectLog("a", "b", "c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void outputOfTheLayerIsSentWithoutInterest(InterestPolicy policy) throws IOException {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.handshake();
            assertEquals(3, scene.user.send("abc".getBytes(US_ASCII)));
            assertEquals(0, scene.user.send("d".getBytes(US_ASCII)));
            assertEquals("abc", scene.received(3));
            expectQuiet(scene.loop);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failureOfTheLayerIsThrownByTheNextRead(InterestPolicy policy) throws IOException {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.handshake();
            scene.send("X");
            scene.expectLog("an X was received");
        }
    }

    @ParameterizedTest
    @EnumSource
    void endOfTheTransportIsTheEndOfTheLayer(InterestPolicy policy) throws IOException {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.handshake();
            scene.peer.shutdownOutput();
            scene.expectLog("close", "");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dispatcherIsClosedWhileItsLayerIsCalled(ToyLayer.Call when) throws IOException {
        for (InterestPolicy policy : InterestPolicy.values()) {
            try (Scene scene = new Scene(fixture, policy)) {
                scene.handshake();
                scene.user.writing = true;
                scene.layer.calls = call -> {
                    if (call == when) {
                        scene.user.close();
                    }
                };
                scene.loop.refresh(scene.user);
                scene.send("a");
                until(scene.loop, () -> !scene.layer.isOpen());
                scene.loop.runOnce(Duration.ZERO);
                scene.expectLog();
                assertEquals(List.of(), List.copyOf(scene.loop.dispatchers()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void exceptionOfALayerIsPassedToItsDispatcher(ToyLayer.Call when) throws IOException {
        for (InterestPolicy policy : InterestPolicy.values()) {
            try (Scene scene = new Scene(fixture, policy)) {
                scene.handshake();
                scene.layer.calls = call -> {
                    if (call == when) {
                        throw new IllegalStateException("thrown by the layer");
                    }
                };
                scene.loop.refresh(scene.user);
                scene.send("a");
                scene.expectLog("thrown by the layer");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void layerClosedDirectlyIsAnErrorOfItsDispatcher(InterestPolicy policy) throws IOException {
        for (boolean transportOnly : new boolean[] {true, false}) {
            try (Scene scene = new Scene(fixture, policy)) {
                scene.handshake();
                if (transportOnly) {
                    scene.layer.transport().close();
                } else {
                    scene.layer.close();
                }
                scene.loop.refresh(scene.user);
                until(scene.loop, () -> !scene.user.log.isEmpty());
                assertEquals(1, scene.user.log.size());
                assertEquals(List.of(), List.copyOf(scene.loop.dispatchers()));
                scene.loop.runOnce(Duration.ZERO);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void siblingAndLoopCloseADispatcherOverALayer(InterestPolicy policy) throws IOException {
        for (boolean all : new boolean[] {true, false}) {
            try (Scene scene = new Scene(fixture, policy)) {
                scene.handshake();
                LoopConnection second = fixture.connection();
                LayerUser sibling = new LayerUser(scene.loop, second.channel());
                scene.layer.calls = call -> {
                    if (call == ToyLayer.Call.ADVANCE) {
                        sibling.close();
                        if (all) {
                            scene.loop.closeAll();
                        } else {
                            scene.user.close();
                        }
                    }
                };
                second.send("b");
                scene.send("a");
                until(scene.loop, () -> scene.loop.dispatchers().isEmpty());
                scene.loop.runOnce(Duration.ZERO);
                scene.expectLog();
            }
        }
    }
}
