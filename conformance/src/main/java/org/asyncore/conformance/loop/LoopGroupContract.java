// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.asyncore.BufferedDispatcher;
import org.asyncore.ExitNow;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of {@link LoopGroup}: a loop on each of several threads. */
@Timeout(120)
public abstract class LoopGroupContract {
    private static final int LOOPS = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private LoopGroup group;

    /** The names of the threads that served a byte, in order. */
    private final List<String> threads = Collections.synchronizedList(new ArrayList<>());

    /** Makes the contract, for the tests of a backend. */
    protected LoopGroupContract() {}

    @BeforeEach
    void open() {
        group = fixture.builder().name("group").openGroup(LOOPS);
    }

    @AfterEach
    void close() {
        group.close();
    }

    /** Sends back what it reads, and notes its thread. A byte of 1 lets an error leave the loop, a byte of 2 an ExitNow. */
    private final class Echo extends BufferedDispatcher {
        Echo(Loop loop, StreamChannel connection) {
            super(loop, connection);
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer bytes = readBuffer();
            if (recv(bytes) > 0) {
                threads.add(Thread.currentThread().getName());
                switch (bytes.flip().get(0)) {
                    case 1 -> throw new InternalError("by the test");
                    case 2 -> throw new ExitNow();
                    default -> send(bytes);
                }
            }
        }
    }

    /** Accepts in its own loop. */
    private class Listener extends SocketDispatcher {
        Listener(Loop loop, SocketAddress address, boolean shared) throws IOException {
            super(loop);
            createSocket();
            if (shared) {
                setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            bind(address);
            listen(100);
        }

        @Override
        public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
            new Echo(loop(), connection);
        }
    }

    /** Accepts in the first loop of the group, whose loops serve in turn. Starts the group. */
    private InetSocketAddress startListener() throws IOException {
        Listener listener = new Listener(group.loops().get(0), anyPort(), false) {
            @Override
            public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
                group.serve(connection, Echo::new);
            }
        };
        InetSocketAddress address = addressOf(listener);
        group.start();
        return address;
    }

    private static InetSocketAddress addressOf(SocketDispatcher listener) {
        return (InetSocketAddress) Objects.requireNonNull(listener.localAddress());
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket peer = new Socket(address.getAddress(), address.getPort());
        peer.setSoTimeout(60_000);
        return peer;
    }

    private static int echo(Socket peer, int value) throws IOException {
        peer.getOutputStream().write(value);
        return peer.getInputStream().read();
    }

    @Test
    void connectionsAreServedByTheLoopsInTurn() throws Exception {
        InetSocketAddress address = startListener();
        for (int i = 0; i < 2 * LOOPS; i++) {
            try (Socket peer = connect(address)) {
                assertEquals(7, echo(peer, 7));
            }
        }
        assertEquals(List.of("group-0", "group-1", "group-2", "group-0", "group-1", "group-2"), threads);
    }

    @Test
    void listenersOfAllLoopsShareOnePort() throws Exception {
        Listener first = new Listener(group.loops().get(0), anyPort(), true);
        InetSocketAddress address = addressOf(first);
        for (Loop loop : group.loops().subList(1, LOOPS)) {
            new Listener(loop, address, true);
        }
        group.start();
        Set<String> all = new HashSet<>();
        long end = System.nanoTime() + LONG.toNanos();
        while (all.size() < LOOPS) { // the system chooses a listener by a hash of the addresses
            assertTrue(System.nanoTime() < end, () -> "only these threads have served: " + all);
            try (Socket peer = connect(address)) {
                assertEquals(7, echo(peer, 7));
            }
            all.addAll(threads);
        }
    }

    @Test
    void failureOfOneLoopLeavesTheOthersServing() throws Exception {
        InetSocketAddress address = startListener();
        try (Socket first = connect(address);
                Socket second = connect(address);
                Socket third = connect(address)) {
            assertEquals(7, echo(first, 7));
            assertEquals(-1, echo(second, 1));
            assertEquals(7, echo(first, 7));
            assertEquals(7, echo(third, 7));
        }
        threads.clear();
        for (int i = 0; i < 4; i++) {
            try (Socket peer = connect(address)) {
                assertEquals(7, echo(peer, 7));
            }
        }
        assertFalse(threads.contains("group-1"), threads::toString);
    }

    @Test
    void exitNowEndsAllLoops() throws Exception {
        InetSocketAddress address = startListener();
        try (Socket first = connect(address);
                Socket second = connect(address)) {
            assertEquals(7, echo(first, 7));
            assertEquals(-1, echo(second, 2));
            assertTrue(group.awaitEnd(LONG));
            assertEquals(-1, first.getInputStream().read());
        }
        assertThrows(IllegalStateException.class, group::next);
    }

    @Test
    void shutdownLetsConnectionsSendTheirQueuedBytes() throws Exception {
        byte[] bytes = new byte[8 << 20]; // more than sockets buffer
        Listener listener = new Listener(group.loops().get(0), anyPort(), false) {
            @Override
            public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
                group.serve(connection, (loop, channel) -> new Echo(loop, channel).send(ByteBuffer.wrap(bytes)));
            }
        };
        InetSocketAddress address = addressOf(listener);
        group.start();
        try (Socket peer = connect(address)) {
            assertEquals(0, peer.getInputStream().read());
            group.shutdown(LONG);
            assertEquals(bytes.length - 1, peer.getInputStream().readAllBytes().length);
        }
        assertTrue(group.awaitEnd(LONG));
    }

    @Test
    void connectionThatCannotBeServedIsClosed() throws Exception {
        Listener listener = new Listener(group.loops().get(0), anyPort(), false) {
            @Override
            public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
                group.serve(connection, (loop, channel) -> {
                    throw new IOException("by the test");
                });
            }
        };
        InetSocketAddress address = addressOf(listener);
        group.start();
        try (Socket peer = connect(address)) {
            assertEquals(-1, peer.getInputStream().read());
        }
    }

    @Test
    void connectionThatADispatcherHasTakenStaysOpenIfItsServiceThrows() throws Exception {
        Listener listener = new Listener(group.loops().get(0), anyPort(), false) {
            @Override
            public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
                group.serve(connection, (loop, channel) -> {
                    new Echo(loop, channel);
                    throw new AssertionError("by the test");
                });
            }
        };
        InetSocketAddress address = addressOf(listener);
        group.start();
        try (Socket peer = connect(address)) {
            assertEquals(7, echo(peer, 7));
        }
    }

    @Test
    void exitNowOfAServiceEndsAllLoops() throws Exception {
        LoopConnection connection = fixture.connection();
        group.start();
        group.serve(connection.channel(), (loop, channel) -> {
            throw new ExitNow();
        });
        assertTrue(group.awaitEnd(LONG));
        assertFalse(connection.channel().isOpen());
    }

    @Test
    void connectionPassedToAGroupThatHasEndedIsClosed() throws Exception {
        LoopConnection connection = fixture.connection();
        group.start();
        group.close();
        assertThrows(IllegalStateException.class, () -> group.serve(connection.channel(), Echo::new));
        assertFalse(connection.channel().isOpen());
    }

    @Test
    void groupWithoutWorkRunsUntilItIsShutDown() throws Exception {
        group.start();
        assertFalse(group.awaitEnd(Duration.ofMillis(50)));
        group.shutdown(LONG);
        assertTrue(group.awaitEnd(LONG));
    }

    @Test
    void groupThatWasNotStartedClosesItsLoops() {
        group.close();
        for (Loop loop : group.loops()) {
            assertThrows(RuntimeException.class, () -> loop.execute((Runnable) () -> {}));
        }
    }
}
