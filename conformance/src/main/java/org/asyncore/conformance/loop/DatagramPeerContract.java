// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a datagram socket that is connected to a peer. */
@Timeout(120)
public abstract class DatagramPeerContract {
    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected DatagramPeerContract() {}

    private SocketDispatcher datagram() throws IOException {
        SocketDispatcher socket = new SocketDispatcher(fixture.loop()) {
            @Override
            public void handleConnect() {}
        };
        socket.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        return socket;
    }

    private static SocketAddress address(SocketDispatcher socket) {
        return Objects.requireNonNull(socket.localAddress());
    }

    @Test
    void emptySendIsAnEmptyDatagram() throws IOException {
        SocketDispatcher to = datagram();
        SocketDispatcher from = datagram();
        from.connect(address(to));
        assertEquals(0, from.send(new byte[0]));
        assertReceives(to, "", from);
        assertEquals(0, from.sendTo(ByteBuffer.allocateDirect(0), address(to)));
        assertReceives(to, "", from);
    }

    private static void assertReceives(SocketDispatcher to, String text, SocketDispatcher from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        SocketAddress sender = null;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (sender == null && System.nanoTime() < end) {
            sender = to.recvFrom(buffer);
        }
        assertEquals(from.localAddress(), sender);
        assertEquals(text, US_ASCII.decode(buffer.flip()).toString());
    }

    @Test
    void connectedSocketSendsToOthersFromTheSameAddress() throws IOException {
        SocketDispatcher peer = datagram();
        SocketDispatcher other = datagram();
        SocketDispatcher from = datagram();
        from.connect(address(peer));
        assertEquals(1, from.sendTo(ByteBuffer.wrap(new byte[] {'a'}), address(other)));
        assertReceives(other, "a", from);
        assertEquals(1, from.sendTo(ByteBuffer.wrap(new byte[] {'b'}), address(peer)));
        assertReceives(peer, "b", from);
        other.sendTo(ByteBuffer.wrap(new byte[] {'c'}), address(from));
        peer.sendTo(ByteBuffer.wrap(new byte[] {'d'}), address(from));
        assertReceives(from, "d", peer);
    }

    @Test
    void connectedSocketConnectsToAnotherPeer() throws IOException {
        SocketDispatcher first = datagram();
        SocketDispatcher second = datagram();
        SocketDispatcher from = datagram();
        SocketAddress address = address(from);
        from.connect(address(first));
        from.connect(address(second));
        assertEquals(address, from.localAddress());
        assertEquals(1, from.send(new byte[] {'a'}));
        assertReceives(second, "a", from);
    }

    @Test
    void oversizedDatagramThrowsSocketException() throws IOException {
        SocketDispatcher socket = datagram();
        ByteBuffer big = ByteBuffer.allocate(70_000);
        assertThrows(SocketException.class, () -> socket.sendTo(big, address(socket)));
        socket.connect(address(socket));
        assertThrows(SocketException.class, () -> socket.send(big));
    }
}
