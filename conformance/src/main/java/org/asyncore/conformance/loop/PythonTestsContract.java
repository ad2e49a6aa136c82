// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.asyncore.chat.Terminator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract of the promises that CPython's {@code test_asyncore.py} tests and no other contract here has, over each
 * family of addresses. {@code docs/python-tests.md} names our test for each test of CPython.
 */
@Timeout(120)
public abstract class PythonTestsContract {
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    @TempDir
    @SuppressWarnings("NullAway") // JUnit sets it
    Path folder;

    private final List<String> hooks = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected PythonTestsContract() {}

    private Loop loop() {
        return fixture.loop();
    }

    private void runUntil(String hook) {
        while (!hooks.contains(hook)) {
            loop().run(LONG, 1);
        }
    }

    private LoggingDispatcher dispatcher(String name) {
        return new LoggingDispatcher(loop(), hooks, name);
    }

    private LoggingServer server(StandardProtocolFamily family) throws IOException {
        return new LoggingServer(loop(), hooks, family, folder);
    }

    private LoggingDispatcher client(StandardProtocolFamily family, LoggingServer server) throws IOException {
        LoggingDispatcher client = dispatcher("client");
        client.createSocket(family, SocketType.STREAM);
        client.connect(Objects.requireNonNull(server.localAddress()));
        return client;
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void connectionIsReportedOnBothSides(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        client(family, server);
        runUntil("client connect");
        runUntil("server accepted");
        assertEquals(1, hooks.stream().filter("client connect"::equals).count());
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void bytesAreReadOnBothSides(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        LoggingDispatcher client = client(family, server);
        runUntil("client connect");
        runUntil("server accepted");
        server.handler().send(new byte[3]);
        runUntil("client read 3");
        client.send(new byte[5]);
        runUntil("handler read 5");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void roomIsReportedWhileTheDispatcherIsWritable(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        LoggingDispatcher client = client(family, server);
        runUntil("client connect");
        hooks.clear();
        client.writing = true;
        runUntil("client write");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void endIsReportedWhenThePeerCloses(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        client(family, server);
        runUntil("client connect");
        runUntil("server accepted");
        server.handler().close();
        runUntil("client close");
        assertFalse(hooks.contains("handler close"));
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void exceptionOfAHookIsReportedToItsDispatcher(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        LoggingDispatcher client = new LoggingDispatcher(loop(), hooks, "client") {
            @Override
            public void handleRead() {
                throw new IllegalStateException("by the test");
            }
        };
        client.createSocket(family, SocketType.STREAM);
        client.connect(Objects.requireNonNull(server.localAddress()));
        runUntil("server accepted");
        server.handler().send(new byte[1]);
        runUntil("client error");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void attributesFollowTheConnection(StandardProtocolFamily family) throws IOException {
        LoggingServer server = server(family);
        assertTrue(server.accepting());
        assertFalse(server.connected());
        LoggingDispatcher client = dispatcher("client");
        client.createSocket(family, SocketType.STREAM);
        assertFalse(client.connected());
        assertFalse(client.accepting());
        client.connect(Objects.requireNonNull(server.localAddress()));
        runUntil("client connect");
        runUntil("server accepted");
        assertTrue(client.connected());
        assertFalse(client.connecting());
        assertTrue(server.handler().connected());
        client.close();
        server.close();
        assertFalse(client.connected());
        assertFalse(server.accepting());
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void setReuseAddrOverClosedSocketDoesNothing(StandardProtocolFamily family) throws IOException {
        LoggingDispatcher dispatcher = dispatcher("it");
        StreamChannel channel = fixture.closing(fixture.backend().openStream(family));
        dispatcher.setSocket(channel);
        channel.close();
        assertDoesNotThrow(dispatcher::setReuseAddr);
    }

    // Without a connection.

    @Test
    void bareDispatcherIsReadableAndWritableAndHasAText() {
        SocketDispatcher bare = new SocketDispatcher(loop()) {};
        assertTrue(bare.readable());
        assertTrue(bare.writable());
        assertFalse(bare.connected());
        assertFalse(bare.connecting());
        assertFalse(bare.accepting());
        assertNull(bare.localAddress());
        assertTrue(bare.toString().contains(PythonTestsContract.class.getSimpleName()), bare::toString);
    }

    @Test
    void terminatorOfANegativeCountIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Terminator.count(-1));
    }

    @Test
    void exitNowLeavesTheLoopOutOfHandleWrite() throws IOException {
        ExitNow exit = new ExitNow();
        new SocketDispatcher(loop(), fixture.connection().channel()) {
            @Override
            public void handleWrite() {
                throw exit;
            }
        };
        assertSame(exit, assertThrows(ExitNow.class, () -> loop().run(LONG, 1)));
    }

    @Test
    void fileDispatcherWritesAndMayBeClosedTwice() throws IOException {
        Path file = folder.resolve("file");
        FileDispatcher writer = new FileDispatcher(loop(), file, StandardOpenOption.CREATE, StandardOpenOption.WRITE) {
            @Override
            public boolean readable() {
                return false;
            }

            @Override
            public void handleWrite() throws IOException {
                assertEquals(5, send(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5})));
                close();
                close();
            }
        };
        loop().run();
        writer.close();
        assertEquals(5, Files.size(file));
        assertTrue(loop().dispatchers().isEmpty());
    }
}
