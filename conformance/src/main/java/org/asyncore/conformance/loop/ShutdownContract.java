// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.chat.ChatDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of {@link Loop#shutdown} and {@code handleShutdown}. */
@Timeout(120)
public abstract class ShutdownContract {
    private static final Duration LONG = Duration.ofMinutes(10); // no test waits for its end
    private static final int MEGABYTES = 8 << 20; // more than sockets buffer

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected ShutdownContract() {}

    /** Logs that it is asked to end, and does not end. */
    private class Stubborn extends SocketDispatcher {
        Stubborn(LoopConnection connection) {
            super(fixture.loop(), connection.channel());
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            recv(readBuffer());
        }

        @Override
        public void handleShutdown() throws Exception {
            log.add("shutdown");
        }

        @Override
        public void handleClose() throws IOException {
            log.add("close");
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            log.add("error " + cause.getMessage());
        }
    }

    private SocketDispatcher listener() throws IOException {
        SocketDispatcher listener = new SocketDispatcher(fixture.loop()) {
            @Override
            public void handleShutdown() {
                log.add("shutdown of a listener");
            }
        };
        listener.createSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(5);
        return listener;
    }

    @Test
    void listenerIsClosedBeforeOtherDispatchersAreAsked() throws IOException {
        List<SocketDispatcher> listeners = new ArrayList<>();
        new Stubborn(fixture.connection()) {
            @Override
            public void handleShutdown() throws Exception {
                log.add("listening: " + fixture.loop().dispatchers().contains(listeners.get(0)));
                handleClose();
            }
        };
        listeners.add(listener());
        fixture.loop().shutdown(LONG);
        fixture.loop().run();
        assertEquals(List.of("listening: false", "close"), log);
    }

    @Test
    void dispatcherIsEndedByHandleCloseUnlessItOverridesHandleShutdown() throws IOException {
        new SocketDispatcher(fixture.loop(), fixture.connection().channel()) {
            @Override
            public void handleClose() throws IOException {
                log.add("close");
                close();
            }
        };
        fixture.loop().shutdown(LONG);
        fixture.loop().run();
        assertEquals(List.of("close"), log);
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[MEGABYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Runs the loop while another thread reads the peer to its end. Returns what it has read. */
    private byte[] readWhileTheLoopRuns(LoopConnection connection) throws Exception {
        CompletableFuture<byte[]> read = new CompletableFuture<>();
        CompletableFuture<Void> reading = OtherThread.run(() -> {
            try {
                read.complete(Channels.newInputStream(connection.peer()).readAllBytes());
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        fixture.loop().run();
        reading.get();
        return read.get();
    }

    @Test
    void bytesQueuedInABufferedDispatcherArriveBeforeItCloses() throws Exception {
        LoopConnection connection = fixture.connection();
        BufferedDispatcher sender = new BufferedDispatcher(fixture.loop(), connection.channel()) {
            @Override
            public boolean readable() {
                return false;
            }
        };
        byte[] bytes = randomBytes();
        sender.send(ByteBuffer.wrap(bytes));
        assertTrue(sender.buffered() > 0);
        fixture.loop().shutdown(LONG);
        assertArrayEquals(bytes, readWhileTheLoopRuns(connection));
    }

    @Test
    void bytesQueuedWhileConnectingArriveBeforeTheDispatcherCloses() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            BufferedDispatcher sender = new BufferedDispatcher(fixture.loop()) {
                @Override
                public void handleConnect() {}
            };
            sender.createSocket();
            sender.connect(server.getLocalAddress());
            sender.send(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
            fixture.loop().shutdown(LONG);
            fixture.loop().run();
            try (SocketChannel peer = server.accept()) {
                assertEquals("hello", new String(Channels.newInputStream(peer).readAllBytes(), US_ASCII));
            }
        }
    }

    @Test
    void outputPushedToAChatDispatcherArrivesBeforeItCloses() throws Exception {
        LoopConnection connection = fixture.connection();
        ChatDispatcher sender = new ChatDispatcher(fixture.loop(), connection.channel()) {
            @Override
            public void collectIncomingData(ByteBuffer data) {}

            @Override
            public void foundTerminator() {}
        };
        byte[] bytes = randomBytes();
        sender.push(bytes);
        fixture.loop().shutdown(LONG);
        assertArrayEquals(bytes, readWhileTheLoopRuns(connection));
    }

    @Test
    void dispatcherThatDoesNotEndIsClosedAfterTheTimeOfGraceWithAWarning() throws IOException {
        new Stubborn(fixture.connection());
        try (LoopWarnings warnings = new LoopWarnings()) {
            fixture.loop().shutdown(Duration.ofMillis(1));
            fixture.loop().run();
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
            String warning = warnings.texts().get(0);
            assertTrue(warning.contains("1 dispatchers have not ended PT0.001S"), warning);
        }
        assertEquals(List.of("shutdown"), log);
        assertTrue(fixture.loop().dispatchers().isEmpty());
    }

    @Test
    void secondCallSetsAnotherTimeOfGraceAndAsksNobodyAgain() throws IOException {
        new Stubborn(fixture.connection());
        try (LoopWarnings warnings = new LoopWarnings()) {
            fixture.loop().shutdown(LONG);
            fixture.loop().runOnce(Duration.ZERO);
            fixture.loop().shutdown(Duration.ZERO);
            fixture.loop().run();
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
        }
        assertEquals(List.of("shutdown"), log);
    }

    @Test
    void dispatcherThatJoinsDuringAShutdownIsAskedToEnd() throws IOException {
        new Stubborn(fixture.connection());
        fixture.loop().shutdown(LONG);
        fixture.loop().runOnce(Duration.ZERO);
        new Stubborn(fixture.connection());
        fixture.loop().runOnce(Duration.ZERO);
        assertEquals(List.of("shutdown", "shutdown"), log);
        fixture.loop().closeAll();
    }

    @Test
    void dispatcherThatLeavesAndJoinsAgainIsAskedOnce() throws IOException {
        Stubborn stubborn = new Stubborn(fixture.connection());
        fixture.loop().shutdown(LONG);
        fixture.loop().runOnce(Duration.ZERO);
        stubborn.delChannel();
        stubborn.addChannel();
        fixture.loop().runOnce(Duration.ZERO);
        assertEquals(List.of("shutdown"), log);
        fixture.loop().closeAll();
    }

    @Test
    void exceptionOfHandleShutdownGoesToHandleErrorAndOthersAreAsked() throws IOException {
        for (int i = 0; i < 2; i++) {
            new Stubborn(fixture.connection()) {
                @Override
                public void handleShutdown() throws IOException {
                    close();
                    throw new IOException("by the test");
                }
            };
        }
        fixture.loop().shutdown(LONG);
        fixture.loop().run();
        assertEquals(List.of("error by the test", "error by the test"), log);
    }

    @Test
    void runReturnsAfterAShutdownThoughATimerIsPending() throws IOException {
        listener();
        fixture.loop().schedule(LONG, () -> log.add("timer"));
        fixture.loop().shutdown(LONG);
        fixture.loop().run();
        assertEquals(List.of(), log);
        assertTrue(fixture.loop().dispatchers().isEmpty());
    }

    @Test
    void anotherThreadMayShutTheLoopDown() throws Exception {
        listener();
        CountDownLatch running = new CountDownLatch(1);
        fixture.loop().execute(running::countDown);
        CompletableFuture<Void> other = OtherThread.run(() -> {
            OtherThread.await(running);
            fixture.loop().shutdown(LONG);
        });
        fixture.loop().run();
        other.get();
        assertTrue(fixture.loop().dispatchers().isEmpty());
    }

    @Test
    void closedLoopIgnoresAShutdown() {
        fixture.loop().close();
        fixture.loop().shutdown(LONG);
        assertTrue(fixture.loop().dispatchers().isEmpty());
    }
}
