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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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

    private final List<Socket> peers = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected LoopGroupContract() {}

    @BeforeEach
    void open() {
        group = fixture.builder().name("group").openGroup(LOOPS);
    }

    @AfterEach
    void close() throws IOException {
        group.close();
        for (Socket peer : peers) {
            peer.close();
        }
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

    /** Passes its connections to the group. */
    private class PassingListener extends Listener {
        PassingListener(Loop loop, SocketAddress address, boolean shared) throws IOException {
            super(loop, address, shared);
        }

        @Override
        public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
            group.serve(connection, Echo::new);
        }
    }

    /** Accepts in the first loop of the group, and passes the connections to all. Starts the group. */
    private InetSocketAddress startListener() throws IOException {
        InetSocketAddress address = addressOf(new PassingListener(group.loops().get(0), anyPort(), false));
        group.start();
        return address;
    }

    /** Makes a listener. */
    private interface ListenerMaker {
        Listener listen(Loop loop, SocketAddress address, boolean shared) throws IOException;
    }

    /** Accepts in every loop of the group, on one port. Starts the group. */
    private InetSocketAddress startSharedListeners(ListenerMaker maker) throws IOException {
        InetSocketAddress address = addressOf(maker.listen(group.loops().get(0), anyPort(), true));
        for (Loop loop : group.loops().subList(1, LOOPS)) {
            maker.listen(loop, address, true);
        }
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

    /** Opens connections that stay open, and returns them by the name of the thread that serves them. */
    private Map<String, List<Socket>> connect(InetSocketAddress address, int connections) throws IOException {
        Map<String, List<Socket>> byThread = new TreeMap<>();
        for (int i = 0; i < connections; i++) {
            Socket peer = connect(address);
            peers.add(peer);
            byThread.computeIfAbsent(threadOf(peer), name -> new ArrayList<>()).add(peer);
        }
        return byThread;
    }

    private String threadOf(Socket peer) throws IOException {
        assertEquals(7, echo(peer, 7));
        return threads.get(threads.size() - 1);
    }

    private static Map<String, Integer> sizes(Map<String, List<Socket>> byThread) {
        Map<String, Integer> sizes = new TreeMap<>();
        byThread.forEach((thread, sockets) -> sizes.put(thread, sockets.size()));
        return sizes;
    }

    private static int echo(Socket peer, int value) throws IOException {
        peer.getOutputStream().write(value);
        return peer.getInputStream().read();
    }

    @Test
    void connectionsAreSpreadEvenly() throws Exception {
        InetSocketAddress address = startListener();
        assertEquals(Map.of("group-0", 20, "group-1", 20, "group-2", 20), sizes(connect(address, 60)));
    }

    @Test
    void loopWithTheFewestDispatchersServesNext() throws Exception {
        InetSocketAddress address = startListener();
        List<Socket> closing = Objects.requireNonNull(connect(address, 12).get("group-1"));
        for (Socket peer : closing) {
            peer.close();
        }
        awaitDispatchers(1 + 8);
        assertEquals(Map.of("group-1", 4), sizes(connect(address, 4)));
    }

    private void awaitDispatchers(int number) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (group.dispatchers() != number) {
            assertTrue(System.nanoTime() < end, () -> group.dispatchers() + " dispatchers");
            Thread.sleep(1);
        }
    }

    @Test
    void connectionThatIsPassedAndNotYetServedCountsAsADispatcher() throws Exception {
        group.serve(fixture.connection().channel(), Echo::new);
        assertEquals(1, group.dispatchers());
        group.start();
        group.serve(fixture.connection().channel(), Echo::new);
        awaitDispatchers(2);
    }

    @Test
    void connectionsOfAPortThatLoopsShareAreSpreadEvenlyIfListenersPassThem() throws Exception {
        int even = 20;
        Map<String, Integer> sizes = sizes(connect(startSharedListeners(PassingListener::new), LOOPS * even));
        assertEquals(LOOPS, sizes.size(), sizes::toString);
        for (int size : sizes.values()) {
            assertTrue(Math.abs(size - even) <= even / 5, sizes::toString);
        }
    }

    @Test
    void listenersOfAllLoopsShareOnePort() throws Exception {
        InetSocketAddress address = startSharedListeners(Listener::new);
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
            assertEquals("group-0", threadOf(first));
            String failed = threadOf(second);
            assertEquals(-1, echo(second, 1));
            assertEquals(7, echo(first, 7));
            assertEquals(7, echo(third, 7));
            threads.clear();
            assertEquals(LOOPS - 1, connect(address, 6).size());
            assertFalse(threads.contains(failed), threads::toString);
        }
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
