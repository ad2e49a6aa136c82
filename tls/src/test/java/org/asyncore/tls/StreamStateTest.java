// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Use of a TLS channel before it is connected and after it is closed, and calls that it passes to its transport. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#backends")
final class StreamStateTest {
    private final Backend backend;
    private final String protocol;
    private TlsPair pair;
    private TlsChannel client;

    StreamStateTest(Backend backend, String protocol) {
        this.backend = backend;
        this.protocol = protocol;
    }

    @BeforeEach
    void connect() throws IOException {
        pair = TlsPair.established(backend, protocol);
        client = pair.client;
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @Test
    void everyUseOfClosedChannelThrowsClosedChannelException() throws IOException {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        client.close();
        assertThrows(ClosedChannelException.class, () -> client.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, () -> client.write(TlsPair.text("a")));
        assertThrows(ClosedChannelException.class, () -> client.connect(anywhere));
        assertThrows(ClosedChannelException.class, client::finishConnect);
        assertThrows(ClosedChannelException.class, client::shutdownOutput);
        assertThrows(ClosedChannelException.class, client::getLocalAddress);
        assertThrows(ClosedChannelException.class, client::getRemoteAddress);
        assertThrows(ClosedChannelException.class, () -> client.bind(anywhere));
        assertThrows(ClosedChannelException.class, () -> client.getOption(StandardSocketOptions.SO_RCVBUF));
        assertThrows(ClosedChannelException.class, () -> client.setOption(StandardSocketOptions.SO_RCVBUF, 4096));
    }

    @Test
    void addressesAndOptionsAreThoseOfTheTransport() throws IOException {
        assertEquals(pair.clientWire.getLocalAddress(), client.getLocalAddress());
        assertEquals(pair.clientWire.getRemoteAddress(), client.getRemoteAddress());
        assertTrue(client.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY));
        client.setOption(StandardSocketOptions.TCP_NODELAY, false);
        assertFalse(pair.clientWire.getOption(StandardSocketOptions.TCP_NODELAY));
        assertFalse(client.getOption(StandardSocketOptions.TCP_NODELAY));
        assertTrue(client.toString().contains(pair.clientWire.toString()), client::toString);
        assertEquals(pair.clientWire, client.transport());
    }

    @Test
    void unconnectedChannelCanOnlyConnect() throws IOException {
        try (StreamChannel stream = backend.openStream(StandardProtocolFamily.INET)) {
            TlsChannel channel = TlsChannel.client(stream, TestPeers.LOCALHOST, "localhost", 1);
            assertFalse(channel.isConnected());
            assertThrows(NotYetConnectedException.class, () -> channel.read(ByteBuffer.allocate(1)));
            assertThrows(NotYetConnectedException.class, () -> channel.write(ByteBuffer.allocate(1)));
            assertThrows(NotYetConnectedException.class, channel::shutdownOutput);
            assertThrows(NoConnectionPendingException.class, channel::finishConnect);
        }
    }

    @Test
    void layerOverALayerIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TlsChannel.server(client, TestPeers.LOCALHOST));
    }
}
