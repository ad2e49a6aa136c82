// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract of the promises that CPython's {@code BaseTestAPI} tests about addresses, options and broken connections,
 * over each family. {@link PythonTestsContract} has those about the hooks of a connection.
 */
@Timeout(120)
public abstract class PythonSocketTestsContract {
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    @TempDir
    @SuppressWarnings("NullAway") // JUnit sets it
    Path folder;

    private final List<String> hooks = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected PythonSocketTestsContract() {}

    private Loop loop() {
        return fixture.loop();
    }

    private void runUntil(String hook) {
        while (!hooks.contains(hook)) {
            loop().run(LONG, 1);
        }
    }

    private LoggingServer server(StandardProtocolFamily family) throws IOException {
        return new LoggingServer(loop(), hooks, family, folder);
    }

    private LoggingDispatcher client(StandardProtocolFamily family, SocketAddress address) throws IOException {
        return connect(new LoggingDispatcher(loop(), hooks, "client"), family, address);
    }

    private static LoggingDispatcher connect(
            LoggingDispatcher client, StandardProtocolFamily family, SocketAddress address) throws IOException {
        client.createSocket(family, SocketType.STREAM);
        client.connect(address);
        return client;
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void bindToAnAddressInUseIsABindException(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        LoggingDispatcher second = new LoggingDispatcher(loop(), hooks, "second");
        second.createSocket(family, SocketType.STREAM);
        assertThrows(BindException.class, () -> second.bind(server.address()));
    }

    @ParameterizedTest
    @EnumSource(
            value = StandardProtocolFamily.class,
            names = {"INET", "INET6"})
    void newSocketOverOneThatWasClosedDirectlyTakesSetReuseAddr(StandardProtocolFamily family) throws IOException {
        server(family); // aborts the test if the family is missing
        SocketDispatcher dispatcher = new LoggingDispatcher(loop(), hooks, "it");
        StreamChannel channel = fixture.closing(fixture.backend().openStream(family));
        dispatcher.setSocket(channel);
        assertFalse(dispatcher.getOption(StandardSocketOptions.SO_REUSEADDR));
        channel.close();
        dispatcher.createSocket(family, SocketType.STREAM);
        dispatcher.setReuseAddr();
        assertTrue(dispatcher.getOption(StandardSocketOptions.SO_REUSEADDR));
    }

    @ParameterizedTest
    @EnumSource(
            value = StandardProtocolFamily.class,
            names = {"INET", "INET6"})
    void serverServesTheNextClientAfterOneThatResetBeforeItWasAccepted(StandardProtocolFamily family)
            throws IOException {
        LoggingServer server = server(family);
        try (SocketChannel quick = SocketChannel.open(server.address())) {
            quick.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        LoggingDispatcher client = client(family, server.address());
        runUntil("client connect");
        client.send(new byte[3]);
        runUntil("handler read 3");
        assertTrue(server.accepting());
        assertFalse(hooks.contains("server error"), hooks::toString);
        assertFalse(hooks.contains("server close"), hooks::toString);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void serverKeepsItsAttributesWhenAClientConnectsAndCloses(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        LoggingDispatcher client = client(family, server.address());
        runUntil("client connect");
        runUntil("server accepted");
        assertListens(server);
        assertFalse(client.accepting());
        client.close();
        assertListens(server);
        runUntil("handler close");
        assertListens(server);
        assertFalse(client.accepting());
        server.close();
        assertFalse(server.connected());
        assertFalse(server.accepting());
    }

    private static void assertListens(SocketDispatcher server) {
        assertTrue(server.accepting());
        assertFalse(server.connected());
        assertFalse(server.connecting());
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void handleAcceptThatAcceptsNothingIsCalledAgainInTheNextTurn(StandardProtocolFamily family) throws IOException {
        LoggingDispatcher listener = new LoggingDispatcher(loop(), hooks, "listener") {
            @Override
            public void handleAccept() {
                note("accept");
            }
        };
        listener.createSocket(family, SocketType.STREAM);
        listener.bind(LoggingServer.free(family, folder));
        listener.listen(5);
        client(family, Objects.requireNonNull(listener.localAddress()));
        runUntil("listener accept");
        hooks.clear();
        runUntil("listener accept");
        assertTrue(listener.accepting());
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void exceptionOfHandleWriteIsReportedToItsDispatcher(StandardProtocolFamily family) throws IOException {
        ArithmeticException thrown = new ArithmeticException("by the test");
        List<Throwable> reported = new ArrayList<>();
        LoggingDispatcher client = new LoggingDispatcher(loop(), hooks, "client") {
            @Override
            public boolean writable() {
                return true;
            }

            @Override
            public void handleWrite() {
                throw thrown;
            }

            @Override
            public void handleError(Throwable cause) {
                reported.add(cause);
                super.handleError(cause);
            }
        };
        connect(client, family, server(family).address());
        runUntil("client error");
        assertEquals(1, reported.size(), reported::toString);
        assertSame(thrown, reported.get(0));
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void brokenConnectionIsReportedToADispatcherThatSends(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        LoggingDispatcher client = new LoggingDispatcher(loop(), hooks, "client") {
            @Override
            public boolean readable() {
                return false; // so that send finds the broken connection
            }

            @Override
            public boolean writable() {
                return true;
            }

            @Override
            public void handleWrite() throws IOException {
                send(new byte[128]);
            }
        };
        connect(client, family, server.address());
        runUntil("handler read 100");
        server.handler().close();
        runUntil("client close");
        assertFalse(hooks.contains("client error"), hooks::toString);
        assertFalse(client.connected());
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void bytesThatAreSentBeforeHandleConnectArrive(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        LoggingDispatcher client = client(family, server.address());
        while (client.send(new byte[7]) == 0) { // the system may still be connecting
            Thread.onSpinWait();
        }
        runUntil("handler read 7");
        runUntil("client connect");
        assertEquals(1, hooks.stream().filter("client connect"::equals).count());
    }

    @ParameterizedTest
    @EnumSource(
            value = StandardProtocolFamily.class,
            names = {"INET", "INET6"})
    void urgentByteIsReportedAsHandleExpt(StandardProtocolFamily family) throws IOException {
        Assumptions.assumeTrue(loop().pollerName().equals("epoll"), "no other poller reports urgent data");
        List<Integer> taken = new ArrayList<>();
        LoggingDispatcher client = new LoggingDispatcher(loop(), hooks, "client") {
            @Override
            public void handleExpt() throws IOException {
                taken.add(recvUrgent());
                note("expt");
            }
        };
        ServerSocketChannel listener = fixture.closing(ServerSocketChannel.open());
        listener.bind(LoggingServer.free(family, folder));
        connect(client, family, listener.getLocalAddress());
        Socket peer = fixture.closing(listener.accept()).socket();
        runUntil("client connect");
        peer.sendUrgentData(244);
        runUntil("client expt");
        assertEquals(List.of(244), taken);
    }
}
