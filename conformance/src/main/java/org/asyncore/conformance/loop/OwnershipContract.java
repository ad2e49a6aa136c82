// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.ExitNow;
import org.asyncore.FileDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract that each channel has an owner until it is closed, also if a hook throws. */
@Timeout(120)
public abstract class OwnershipContract {
    private static final Duration MOMENT = Duration.ofMillis(50);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<Throwable> errors = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected OwnershipContract() {}

    private Loop loop() {
        return fixture.loop();
    }

    // Accepted connections.

    private abstract class Listener extends SocketDispatcher {
        Listener() throws IOException {
            super(OwnershipContract.this.loop());
            createSocket();
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listen(5);
        }

        Socket client() throws IOException {
            InetSocketAddress address = (InetSocketAddress) Objects.requireNonNull(localAddress());
            Socket client = new Socket(address.getAddress(), address.getPort());
            client.setSoTimeout(30_000);
            return client;
        }

        @Override
        public void handleError(Throwable cause) {
            errors.add(cause);
        }
    }

    private void runUntilErrors(int count) {
        while (errors.size() < count) {
            loop().run(Duration.ofSeconds(30), 1);
        }
    }

    @Test
    void connectionIsClosedIfHandleAcceptedThrows() throws IOException {
        Listener listener = new Listener() {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) {
                throw new IllegalStateException("by the test");
            }
        };
        try (Socket client = listener.client()) {
            runUntilErrors(1);
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void connectionsAreClosedIfHandleAcceptThrows() throws IOException {
        Listener listener = new Listener() {
            @Override
            public void handleAccept() throws IOException {
                for (int accepted = 0; accepted < 2; ) {
                    accepted += accept() != null ? 1 : 0; // the second connection may not have arrived yet
                }
                throw new IOException("by the test");
            }
        };
        try (Socket first = listener.client();
                Socket second = listener.client()) {
            runUntilErrors(1);
            assertEquals(-1, first.getInputStream().read());
            assertEquals(-1, second.getInputStream().read());
        }
    }

    @Test
    void connectionIsClosedIfExitNowLeavesHandleAccepted() throws IOException {
        Listener listener = new Listener() {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) {
                throw new ExitNow();
            }
        };
        try (Socket client = listener.client()) {
            assertThrows(ExitNow.class, loop()::run);
            assertEquals(-1, client.getInputStream().read());
        }
        assertTrue(listener.accepting());
    }

    @Test
    void acceptedConnectionWithADispatcherIsServedIfHandleAcceptedThrows() throws IOException {
        Listener listener = new Listener() {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) {
                new EchoingDispatcher(loop(), channel);
                throw new IllegalStateException("by the test");
            }
        };
        try (Socket client = listener.client()) {
            runUntilErrors(1);
            client.getOutputStream().write('x');
            loop().run(Duration.ofSeconds(30), 1);
            assertEquals('x', client.getInputStream().read());
        }
    }

    // Sockets that dispatchers open, and sockets that they are given.

    private SocketDispatcher idle() {
        return new SocketDispatcher(loop()) {
            @Override
            public boolean readable() {
                return false;
            }

            @Override
            public boolean writable() {
                return false;
            }
        };
    }

    @Test
    void setSocketRefusesAForeignChannelAndKeepsTheSocket() throws IOException {
        SocketDispatcher dispatcher = idle();
        dispatcher.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        dispatcher.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketAddress local = dispatcher.localAddress();
        try (SocketChannel foreign = SocketChannel.open()) {
            Exception refusal = assertThrows(IllegalArgumentException.class, () -> dispatcher.setSocket(foreign));
            assertTrue(String.valueOf(refusal.getMessage()).contains(foreign.toString()), refusal::toString);
        }
        assertEquals(local, dispatcher.localAddress());
        assertEquals(List.of(dispatcher), List.copyOf(loop().dispatchers()));
        loop().run(MOMENT, 2);
    }

    @Test
    void addRefusesAForeignChannel() throws IOException {
        SocketDispatcher dispatcher = idle();
        try (SocketChannel foreign = SocketChannel.open()) {
            assertThrows(IllegalArgumentException.class, () -> loop().add(dispatcher, foreign));
        }
        assertTrue(loop().dispatchers().isEmpty());
    }

    /** A dispatcher that hands out its sockets. */
    private final class Collector extends SocketDispatcher {
        final List<StreamChannel> handedOut = new ArrayList<>();

        Collector(StreamChannel channel) {
            super(OwnershipContract.this.loop(), channel);
        }

        void handOut() {
            handedOut.add(stream());
        }
    }

    @Test
    void createSocketClosesAnEarlierSocket() throws IOException {
        LoopConnection connection = fixture.connection();
        new Collector(connection.channel()).createSocket();
        assertFalse(connection.channel().isOpen());
        assertEquals("", connection.receive(1));
    }

    @Test
    void createSocketLeavesASocketThatStreamReturnedOpen() throws IOException {
        LoopConnection connection = fixture.connection();
        Collector dispatcher = new Collector(connection.channel());
        dispatcher.handOut();
        dispatcher.createSocket();
        assertTrue(connection.channel().isOpen());
    }

    @Test
    void setSocketClosesASocketThatCreateSocketMade() throws IOException {
        SocketDispatcher dispatcher = idle();
        dispatcher.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        dispatcher.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketAddress local = Objects.requireNonNull(dispatcher.localAddress());
        dispatcher.setSocket(fixture.connection().channel());
        SocketDispatcher next = idle();
        next.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        next.bind(local);
        assertEquals(local, next.localAddress());
    }

    @Test
    void setSocketLeavesAGivenSocketOpen() throws IOException {
        LoopConnection first = fixture.connection();
        Collector dispatcher = new Collector(first.channel());
        dispatcher.setSocket(fixture.connection().channel());
        assertTrue(first.channel().isOpen());
    }

    @Test
    void dispatcherRefusedByAClosedLoopLeavesNothingOpen(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        SocketDispatcher dispatcher = idle();
        loop().close();
        long before = openDescriptors();
        for (int i = 0; i < 1_000; i++) {
            assertThrows(IllegalStateException.class, () -> new FileDispatcher(loop(), file) {});
            assertThrows(IllegalStateException.class, () -> new FileDispatcher(loop(), Path.of("/dev/null")) {});
            assertThrows(IllegalStateException.class, dispatcher::createSocket);
        }
        assertTrue(openDescriptors() < before + 500, () -> "open: " + before + ", then " + openDescriptors());
    }

    /** Returns the number of open descriptors that the JVM reports; it opens and closes some itself meanwhile. */
    private static long openDescriptors() {
        Assumptions.assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean, "not a Unix");
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
