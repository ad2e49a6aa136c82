// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of closing a {@link org.asyncore.channels.StreamLayer} that has accepted more bytes than its transport. */
@Timeout(120)
public abstract class LingerContract {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String TAKEN = "abc";

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected LingerContract() {}

    /** A dispatcher over a layer, and its peer. */
    private static final class Scene implements AutoCloseable {
        final Loop loop;
        final LayerUser user;
        final ToyLayer layer;
        final SocketChannel peer;
        final StreamChannel transport;
        long sent; // bytes that the transport has accepted

        Scene(LoopFixture fixture, InterestPolicy policy) throws IOException {
            LoopConnection connection = fixture.connection();
            loop = fixture.builder().interestPolicy(policy).open();
            peer = connection.peer();
            transport = connection.channel();
            layer = new ToyLayer(transport);
            layer.lingerTimeout = LONG;
            user = new LayerUser(loop, layer);
            connection.send("!");
            until(layer::isEstablished);
            until(() -> layer.unsentBytes() == 0);
            sent = 1;
        }

        /** Fills the transport, which passes bytes on for a while after a write that takes nothing. */
        void fill() throws Exception {
            ByteBuffer filler = ByteBuffer.allocate(1 << 16);
            long before;
            do {
                before = sent;
                for (int n = transport.write(filler); n > 0; n = transport.write(filler.clear())) {
                    sent += n;
                }
                Thread.sleep(20);
            } while (sent > before);
        }

        /** Sends bytes that the layer accepts and its transport does not, and closes the dispatcher. */
        void sendAndClose() throws IOException {
            assertEquals(TAKEN.length(), user.send(TAKEN.getBytes(US_ASCII)));
            assertEquals(TAKEN.length(), user.unsentBytes());
            user.close();
        }

        /** Returns the last bytes that the peer receives before the end of the stream. */
        String received() {
            try {
                ByteBuffer target = ByteBuffer.allocate(1 << 16);
                String tail = "";
                long bytes = 0;
                for (int n = peer.read(target); n >= 0; n = peer.read(target.clear())) {
                    bytes += n;
                    tail += US_ASCII.decode(target.flip());
                    tail = tail.substring(Math.max(0, tail.length() - TAKEN.length() - 1));
                }
                assertEquals(sent + tail.length(), bytes);
                return tail;
            } catch (IOException e) {
                return e.toString();
            }
        }

        void until(BooleanSupplier condition) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!condition.getAsBoolean()) {
                assertTrue(System.nanoTime() < end, "did not happen in time");
                loop.runOnce(Duration.ofMillis(20));
            }
        }

        boolean isClosed() {
            return !transport.isOpen();
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void runSendsBytesThatTheLayerTookBeforeTheClose(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.fill();
            scene.sendAndClose();
            assertEquals(List.of(), List.copyOf(scene.loop.dispatchers()));
            assertFalse(scene.layer.isOpen());
            assertFalse(scene.isClosed());
            AtomicReference<String> tail = new AtomicReference<>();
            CompletableFuture<Void> peer = OtherThread.run(() -> {
                tail.set(scene.received());
                close(scene.peer);
            });
            scene.loop.run();
            assertTrue(scene.isClosed());
            peer.get(60, TimeUnit.SECONDS);
            assertEquals(TAKEN + ".", tail.get());
            assertEquals(List.of(), scene.user.log);
        }
    }

    private static void close(SocketChannel peer) {
        try {
            peer.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfClosedPeerReceivesBytesThatTheLayerTook(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.fill();
            scene.user.send(TAKEN.getBytes(US_ASCII));
            scene.peer.shutdownOutput();
            scene.until(() -> !scene.layer.isOpen());
            assertEquals(List.of("close", ""), scene.user.log); // recv returns nothing after its close
            assertFalse(scene.isClosed());
            AtomicReference<String> tail = new AtomicReference<>();
            CompletableFuture<Void> peer = OtherThread.run(() -> tail.set(scene.received()));
            scene.loop.run();
            peer.get(60, TimeUnit.SECONDS);
            assertEquals(TAKEN + ".", tail.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void unreadInputDoesNotDestroyTheOutputOfAClosedLayer(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy)) {
            scene.fill();
            scene.user.reading = false;
            scene.peer.write(ByteBuffer.allocate(5_000));
            scene.sendAndClose();
            AtomicReference<String> tail = new AtomicReference<>();
            CompletableFuture<Void> peer = OtherThread.run(() -> {
                try {
                    scene.peer.write(ByteBuffer.allocate(5_000));
                    tail.set(scene.received());
                    scene.peer.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            scene.loop.run();
            peer.get(60, TimeUnit.SECONDS);
            assertEquals(TAKEN + ".", tail.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void peerThatNeverReadsIsDroppedAndTheLossIsLogged(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.layer.blocked = true;
            scene.layer.lingerTimeout = Duration.ofMillis(50);
            String remote = String.valueOf(scene.user.remoteAddress());
            scene.sendAndClose();
            scene.loop.run();
            assertTrue(scene.isClosed());
            String text = String.join("\n", warnings.texts());
            assertTrue(text.matches(".*LayerUser.* the last 4 bytes .*" + remote + ".*"), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void peerThatReadsAllButNeverClosesIsDroppedSilently(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.layer.lingerTimeout = Duration.ofSeconds(2);
            scene.sendAndClose();
            CompletableFuture<Void> peer = OtherThread.run(() -> assertEquals(TAKEN + ".", scene.received()));
            scene.loop.run();
            assertTrue(scene.isClosed());
            peer.get(60, TimeUnit.SECONDS);
            assertEquals(List.of(), warnings.texts());
        }
    }

    @ParameterizedTest
    @EnumSource
    void lostPeerEndsTheLingeringWithALineAtInfo(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.sendAndClose();
            scene.peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            scene.peer.close();
            scene.loop.run();
            assertTrue(scene.isClosed());
            assertEquals(List.of(), warnings.texts());
            assertEquals(1, warnings.texts(Level.INFO).size(), warnings.texts(Level.INFO)::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeOfTheLoopClosesLingeringLayersAndLogsTheLoss(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.layer.blocked = true;
            scene.sendAndClose();
            scene.loop.runOnce(Duration.ZERO);
            scene.loop.close();
            assertTrue(scene.isClosed());
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeOfTheLoopSendsAsMuchAsTheTransportTakes(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.sendAndClose();
            CompletableFuture<Void> peer = OtherThread.run(() -> assertEquals(TAKEN + ".", scene.received()));
            scene.until(() -> scene.layer.unsentBytes() == 0);
            scene.loop.close();
            peer.get(60, TimeUnit.SECONDS);
            assertTrue(scene.isClosed());
            assertEquals(List.of(), warnings.texts());
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeOfTheLoopBeforeADispatcherLogsTheLoss(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.layer.blocked = true;
            scene.user.send(TAKEN.getBytes(US_ASCII));
            scene.loop.close();
            assertTrue(scene.isClosed());
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void layerWithoutLingerTimeIsClosedAtOnceAndTheLossIsLogged(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.layer.lingerTimeout = Duration.ZERO;
            scene.sendAndClose();
            assertTrue(scene.isClosed());
            assertFalse(scene.loop.runOnce(Duration.ZERO));
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void layerWithoutPendingOutputIsClosedAtOnce(InterestPolicy policy) throws Exception {
        LoopConnection connection = fixture.connection();
        try (Loop loop = fixture.builder().interestPolicy(policy).open()) {
            LayerUser user = new LayerUser(loop, new ToyLayer(connection.channel()));
            assertEquals(0, user.unsentBytes());
            user.close();
            assertFalse(connection.channel().isOpen());
            assertFalse(loop.runOnce(Duration.ZERO));
        }
    }

    @ParameterizedTest
    @EnumSource
    void secondCloseLeavesLingeringLayersOpen(InterestPolicy policy) throws Exception {
        try (Scene scene = new Scene(fixture, policy);
                LoopWarnings warnings = new LoopWarnings()) {
            scene.sendAndClose();
            scene.user.close();
            scene.loop.closeAll();
            assertFalse(scene.isClosed());
            CompletableFuture<Void> peer = OtherThread.run(() -> {
                assertEquals(TAKEN + ".", scene.received());
                close(scene.peer);
            });
            scene.loop.run();
            peer.get(60, TimeUnit.SECONDS);
            assertEquals(List.of(), warnings.texts());
        }
    }

    @ParameterizedTest
    @EnumSource
    void layerIsNotifiedWhenItsDispatcherJoinsAndLeavesALoop(InterestPolicy policy) throws Exception {
        LoopConnection connection = fixture.connection();
        try (Loop loop = fixture.builder().interestPolicy(policy).open()) {
            ToyLayer layer = new ToyLayer(connection.channel());
            LayerUser user = new LayerUser(loop, layer);
            assertEquals(loop, layer.loop);
            user.delChannel();
            assertEquals(null, layer.loop);
            user.addChannel();
            assertEquals(loop, layer.loop);
            user.close();
            assertEquals(null, layer.loop);
        }
    }
}
