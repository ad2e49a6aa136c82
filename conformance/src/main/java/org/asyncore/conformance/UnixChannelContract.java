// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of streams of the Unix domain, where the system has them. */
@Timeout(120)
public abstract class UnixChannelContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected UnixChannelContract() {}

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(directory.resolve("socket"));
    }

    private ServerChannel server() throws IOException {
        try {
            return fixture.closing(fixture.backend().openServer(StandardProtocolFamily.UNIX));
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort("no Unix-domain sockets here: " + e);
        }
    }

    private StreamChannel stream() throws IOException {
        return fixture.closing(fixture.backend().openStream(StandardProtocolFamily.UNIX));
    }

    private StreamChannel connected() throws IOException {
        StreamChannel channel = stream();
        if (!channel.connect(address())) {
            fixture.expectReady(fixture.register(channel, Ops.WRITE), Ops.WRITE);
            assertTrue(channel.finishConnect());
        }
        return channel;
    }

    @Test
    void bytesAreExchangedInBothDirections() throws IOException {
        ServerChannel server = server();
        server.bind(address(), 5);
        StreamChannel client = connected();
        fixture.expectReady(fixture.register(server, Ops.READ), Ops.READ);
        StreamChannel accepted = fixture.accept(server);
        assertNull(server.accept());
        for (ByteBuffer bytes : List.of(Bytes.heap("abc"), Bytes.direct("abc"))) {
            assertEquals(3, client.write(bytes));
            assertEquals("abc", fixture.read(accepted, 3));
            assertEquals(3, accepted.write(bytes.flip()));
            assertEquals("abc", fixture.read(client, 3));
        }
        assertEquals(0, client.read(ByteBuffer.allocate(1)));
        accepted.close();
        assertEquals("", fixture.read(client, 1));
    }

    @Test
    void addressesArePaths() throws IOException {
        ServerChannel server = server();
        assertSame(server, server.bind(address(), 5));
        StreamChannel client = connected();
        StreamChannel accepted = fixture.accept(server);
        assertEquals(address(), server.getLocalAddress());
        assertEquals(address(), client.getRemoteAddress());
        assertEquals(address(), accepted.getLocalAddress());
        assertTrue(server.toString().contains(directory.toString()), server::toString);
    }

    @Test
    void clientIsBoundToAPath() throws IOException {
        ServerChannel server = server();
        server.bind(address(), 5);
        StreamChannel client = stream();
        UnixDomainSocketAddress local = UnixDomainSocketAddress.of(directory.resolve("client"));
        client.bind(local);
        client.connect(address());
        assertEquals(local, client.getLocalAddress());
        assertEquals(local, fixture.accept(server).getRemoteAddress());
    }

    @Test
    void pathWithoutAListenerThrowsConnectException() throws IOException {
        ServerChannel server = server();
        server.bind(address(), 5);
        server.close();
        assertTrue(Files.exists(directory.resolve("socket")), "closing removes no file");
        assertThrows(ConnectException.class, this::connected);
    }

    @Test
    void missingPathThrowsIOException() throws IOException {
        server();
        assertThrows(IOException.class, this::connected);
    }

    @Test
    void pathInUseThrowsBindException() throws IOException {
        server().bind(address(), 5);
        ServerChannel second = server();
        assertThrows(BindException.class, () -> second.bind(address(), 5));
    }

    @Test
    void internetAddressIsRefusedByName() throws IOException {
        ServerChannel server = server();
        StreamChannel channel = stream();
        SocketAddress internet = Loopback.v4();
        assertNamed(internet, assertThrows(IllegalArgumentException.class, () -> channel.connect(internet)));
        assertNamed(internet, assertThrows(IllegalArgumentException.class, () -> server.bind(internet)));
    }

    private static void assertNamed(SocketAddress culprit, Exception e) {
        assertTrue(String.valueOf(e.getMessage()).contains(culprit.toString()), e::toString);
    }

    @Test
    void halfCloseEndsOneDirection() throws IOException {
        ServerChannel server = server();
        server.bind(address(), 5);
        StreamChannel client = connected();
        StreamChannel accepted = fixture.accept(server);
        client.shutdownOutput();
        fixture.expectReady(fixture.register(accepted, Ops.READ), Ops.READ);
        assertEquals(-1, accepted.read(ByteBuffer.allocate(1)));
        accepted.write(Bytes.heap("a"));
        assertEquals("a", fixture.read(client, 1));
    }
}
