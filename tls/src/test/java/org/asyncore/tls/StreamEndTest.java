// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a TLS channel, with unsent output, and with peers that fail. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#backends")
final class StreamEndTest {
    private final Backend backend;
    private final String protocol;
    private TlsPair pair;
    private TlsChannel server;
    private TlsChannel client;

    StreamEndTest(Backend backend, String protocol) {
        this.backend = backend;
        this.protocol = protocol;
    }

    @BeforeEach
    void connect() throws IOException {
        pair = TlsPair.established(backend, protocol);
        server = pair.server;
        client = pair.client;
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @Test
    void closeNotifyIsSentAfterUnsentBytes() throws IOException {
        pair.clientWire.writable = bytes -> 0;
        assertEquals(3, client.write(TlsPair.text("abc")));
        client.shutdownOutput();
        assertFalse(pair.clientWire.shut);
        assertEquals(Ops.WRITE, client.interest(Ops.NONE));
        pair.clientWire.writable = bytes -> bytes;
        client.advance(Ops.WRITE);
        assertTrue(pair.clientWire.shut);
        assertEquals("abc", TlsPair.text(server, 4));
        assertEquals(-1, server.read(ByteBuffer.allocate(1)));
        IOException e = assertThrows(IOException.class, () -> client.write(TlsPair.text("d")));
        assertFalse(e instanceof SSLException, e::toString);
    }

    /** The batch has no room for close_notify, and the transport makes some only at a later attempt. */
    @Test
    void closeNotifyWithoutRoomIsSentLater() throws IOException {
        for (int refusals = 0; refusals < 4; refusals++) {
            try (TlsPair fresh = TlsPair.established(backend, protocol)) {
                fresh.clientWire.writable = bytes -> 0;
                int taken = fresh.client.write(ByteBuffer.allocate(200_000));
                int[] left = {refusals};
                fresh.clientWire.writable = bytes -> left[0]-- > 0 ? Math.min(1, bytes) : bytes;
                fresh.client.shutdownOutput();
                while (!fresh.clientWire.shut) {
                    assertEquals(Ops.WRITE, fresh.client.interest(Ops.NONE));
                    fresh.client.advance(Ops.WRITE);
                }
                assertEquals(taken, TlsPair.read(fresh.server, taken + 1).length);
                assertEquals(-1, fresh.server.read(ByteBuffer.allocate(1)));
            }
        }
    }

    @Test
    void finishIsRepeatedUntilAllIsSent() throws IOException {
        pair.clientWire.writable = bytes -> 0;
        int taken = client.write(ByteBuffer.allocate(200_000));
        assertTrue(client.unsentBytes() > taken, () -> client.unsentBytes() + " bytes");
        assertFalse(client.finish());
        assertFalse(client.isOpen());
        pair.clientWire.writable = bytes -> Math.min(10_000, bytes);
        int attempts = 1;
        while (!client.finish()) {
            attempts++;
        }
        assertTrue(attempts >= taken / 10_000, attempts + " attempts");
        assertEquals(0, client.unsentBytes());
        assertTrue(pair.clientWire.isOpen());
        assertEquals(taken, TlsPair.read(server, taken + 1).length);
        assertEquals(-1, server.read(ByteBuffer.allocate(1)));
    }

    @Test
    void finishFailsIfTheTransportIsLost() throws IOException {
        pair.clientWire.writable = bytes -> 0;
        client.write(TlsPair.text("abc"));
        pair.clientWire.writable = bytes -> bytes;
        server.setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.serverWire.close();
        assertThrows(
                IOException.class,
                () -> TlsPair.await(() -> client.read(ByteBuffer.allocate(1)) < 0 || client.finish()));
    }

    /** A TCP socket that closes over unread bytes resets the connection. */
    @Test
    void closeOverUnreadBytesDoesNotResetTheConnection() throws IOException {
        server.write(ByteBuffer.allocate(100_000));
        TlsPair.await(() -> server.unsentBytes() == 0);
        client.write(TlsPair.text("abc"));
        client.close();
        assertEquals("abc", TlsPair.text(server, 4));
        assertEquals(-1, server.read(ByteBuffer.allocate(1)));
    }

    @Test
    void takenBytesAreSentAfterATamperedRecordIsReceived() throws IOException {
        server.write(TlsPair.text("x"));
        pair.clientWire.tamperAt = pair.clientWire.received + 8;
        pair.clientWire.writable = bytes -> 0;
        assertEquals(3, client.write(TlsPair.text("abc")));
        assertThrows(SSLException.class, () -> TlsPair.await(() -> client.read(ByteBuffer.allocate(1)) != 0));
        assertEquals(Ops.WRITE, client.interest(Ops.NONE));
        assertFalse(client.finish());
        pair.clientWire.writable = bytes -> bytes;
        assertTrue(client.finish());
        assertEquals("abc", TlsPair.text(server, 3));
        SSLException alert =
                assertThrows(SSLException.class, () -> TlsPair.await(() -> server.read(ByteBuffer.allocate(1)) != 0));
        assertTrue(String.valueOf(alert.getMessage()).contains("bad_record_mac"), alert::toString);
    }

    @Test
    void closeNotifyIsSentAfterTheHandshake() throws IOException {
        try (TlsPair fresh = new TlsPair(backend, protocol)) {
            fresh.client.shutdownOutput();
            fresh.handshake();
            assertEquals("", TlsPair.text(fresh.server, 1));
            assertTrue(fresh.clientWire.shut);
        }
    }

    @Test
    void closeSendsUnsentBytesIfThereIsRoom() throws IOException {
        pair.clientWire.writable = bytes -> 0;
        client.write(TlsPair.text("abc"));
        pair.clientWire.writable = bytes -> bytes;
        client.close();
        assertEquals("abc", TlsPair.text(server, 4));
        assertEquals(-1, server.read(ByteBuffer.allocate(1)));
    }

    @Test
    void closeDoesNotFailAfterAReset() throws IOException {
        server.setOption(StandardSocketOptions.SO_LINGER, 0);
        server.close();
        client.close();
        client.close();
        assertFalse(client.isOpen());
        assertFalse(client.isConnected());
        assertFalse(pair.clientWire.isOpen());
    }

    @Test
    void resetIsNotAnSslException() throws IOException {
        server.setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.serverWire.close();
        IOException e =
                assertThrows(IOException.class, () -> TlsPair.await(() -> client.read(ByteBuffer.allocate(1)) != 0));
        assertFalse(e instanceof SSLException, e::toString);
    }
}
