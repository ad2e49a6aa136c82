// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading from a peer that asks for new keys. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#backends")
final class NewKeysTest {
    private final Backend backend;
    private final String protocol;
    private TlsPair pair;
    private TlsChannel server;

    NewKeysTest(Backend backend, String protocol) {
        this.backend = backend;
        this.protocol = protocol;
    }

    @BeforeEach
    void connect() throws IOException {
        pair = TlsPair.established(backend, protocol);
        server = pair.server;
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    /** New keys cost more to make than to ask for. In TLS 1.2 they need a handshake, which is refused. */
    @Test
    void peerThatKeepsAskingForNewKeysIsAnError() throws IOException {
        assumeTrue(protocol.equals("TLSv1.3"));
        ByteBuffer records = ByteBuffer.allocate(1 << 17);
        for (int i = 0; i < 200; i++) {
            askForNewKeys(records);
        }
        pair.clientWire.write(records.flip());
        SSLException e =
                assertThrows(SSLException.class, () -> TlsPair.await(() -> server.read(ByteBuffer.allocate(100)) != 0));
        assertTrue(String.valueOf(e.getMessage()).contains("in a row"), e::toString);
    }

    @Test
    void bytesBetweenNewKeysAreRead() throws IOException {
        assumeTrue(protocol.equals("TLSv1.3"));
        ByteBuffer records = ByteBuffer.allocate(1 << 17);
        for (int i = 0; i < 200; i++) {
            askForNewKeys(records);
            if (i % 20 == 0) {
                pair.clientEngine.wrap(TlsPair.text("a"), records);
            }
        }
        pair.clientWire.write(records.flip());
        assertEquals("a".repeat(10), TlsPair.text(server, 10));
    }

    private void askForNewKeys(ByteBuffer records) throws IOException {
        int before = records.position();
        pair.clientEngine.beginHandshake();
        pair.clientEngine.wrap(ByteBuffer.allocate(0), records);
        assertTrue(records.position() > before);
    }
}
