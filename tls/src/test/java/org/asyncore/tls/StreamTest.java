// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The channel itself: the contract of streams, and the interest and readiness that it reports to a loop. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#backends")
final class StreamTest {
    private final Backend backend;
    private final String protocol;
    private TlsPair pair;
    private TlsChannel server;
    private TlsChannel client;

    StreamTest(Backend backend, String protocol) {
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
    void readReturnsBytesThenZeroThenTheEnd() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(0, server.read(target));
        assertEquals(3, client.write(TlsPair.text("abc")));
        TlsPair.await(() -> server.read(target) > 0);
        assertEquals(3, target.position());
        assertEquals(0, server.read(target));
        client.close();
        TlsPair.await(() -> server.read(target) < 0);
        assertEquals(-1, server.read(target));
        assertEquals(3, target.position());
    }

    @Test
    void readFillsTheFreePartOfABuffer() throws IOException {
        for (ByteBuffer whole : List.of(ByteBuffer.allocate(10), ByteBuffer.allocateDirect(10))) {
            client.write(TlsPair.text("abcde"));
            ByteBuffer part = whole.position(2).limit(8).slice().position(1).limit(4);
            TlsPair.await(() -> server.read(part) > 0);
            assertFalse(part.hasRemaining());
            assertEquals(2, server.read(whole.clear().position(8)));
            byte[] bytes = new byte[10];
            whole.clear().get(bytes);
            assertArrayEquals(new byte[] {0, 0, 0, 'a', 'b', 'c', 0, 0, 'd', 'e'}, bytes);
        }
    }

    @Test
    void writeTakesTheRemainingPartOfABuffer() throws IOException {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(10).put(TlsPair.text("0123456789")).flip();
        for (ByteBuffer whole :
                List.of(TlsPair.text("0123456789"), direct, direct.duplicate().asReadOnlyBuffer())) {
            ByteBuffer part = whole.position(2).limit(8).slice().position(1).limit(4);
            assertEquals(3, client.write(part));
            assertEquals(4, part.position());
            assertEquals("345", TlsPair.text(server, 3));
        }
    }

    @Test
    void emptyBufferMovesNothing() throws IOException {
        assertEquals(0, client.write(ByteBuffer.allocate(0)));
        assertEquals(0, pair.clientWire.writes);
        client.write(TlsPair.text("a"));
        TlsPair.await(() -> server.read(ByteBuffer.allocate(0)) == 0);
        assertEquals("a", TlsPair.text(server, 1));
    }

    @Test
    void bufferedBytesAreReadableWithoutTheTransport() throws IOException {
        client.write(TlsPair.text("abc"));
        assertFalse(server.isReady(Ops.READ));
        assertEquals("a", TlsPair.text(server, 1));
        assertTrue(server.isReady(Ops.READ));
        assertEquals(Ops.READ, Ops.of(server.advance(Ops.NONE).reads(), false));
        assertFalse(server.isReady(Ops.NONE));
        assertEquals("bc", TlsPair.text(server, 2));
        assertFalse(server.isReady(Ops.READ));
        assertEquals(Ops.READ, server.interest(Ops.READ));
        assertEquals(Ops.NONE, server.interest(Ops.NONE));
    }

    @Test
    void recordsThatCameTogetherAreReadTogether() throws IOException {
        pair.clientWire.writable = bytes -> 0;
        client.write(TlsPair.text("abc"));
        pair.clientWire.writable = bytes -> bytes;
        client.advance(Ops.WRITE);
        for (int i = 0; i < 10; i++) {
            client.write(TlsPair.text("abc"));
        }
        ByteBuffer target = ByteBuffer.allocate(100);
        TlsPair.await(() -> server.read(target) > 0 && target.position() == 33);
        assertTrue(pair.serverWire.reads < 11, () -> pair.serverWire.reads + " reads");
    }

    @Test
    void largeWriteIsOneWriteOfTheTransport() throws IOException {
        pair.clientWire.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        ByteBuffer source = ByteBuffer.allocateDirect(65_536);
        assertEquals(65_536, client.write(source));
        assertTrue(pair.clientWire.writes <= 1, () -> pair.clientWire.writes + " writes");
    }

    @Test
    void fullTransportTakesOneBatchMoreAndThenNothing() throws IOException {
        pair.clientWire.writable = bytes -> Math.min(bytes, 100);
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        ByteBuffer source = ByteBuffer.wrap(sent);
        assertTrue(client.isReady(Ops.WRITE));
        int taken = client.write(source);
        assertTrue(taken >= 65_536 && taken < 100_000, () -> taken + " bytes");
        assertEquals(taken, source.position());
        assertEquals(0, client.write(source));
        assertFalse(client.isReady(Ops.WRITE));
        assertEquals(Ops.WRITE, client.interest(Ops.NONE));
        assertEquals(Ops.NONE, client.advance(Ops.WRITE));
        pair.clientWire.writable = bytes -> bytes;
        assertEquals(Ops.WRITE, client.advance(Ops.WRITE));
        assertEquals(Ops.NONE, client.interest(Ops.NONE));
        assertArrayEquals(Arrays.copyOf(sent, taken), TlsPair.read(server, taken));
    }

    @Test
    void bytesArriveUnchangedInPiecesOfAnySize() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (LimitedStream wire : List.of(pair.clientWire, pair.serverWire)) {
            wire.readable = bytes -> random.nextInt(4) == 0 ? 0 : random.nextInt(Math.min(bytes, 40_000) + 1);
            wire.writable = bytes -> random.nextInt(4) == 0 ? 0 : random.nextInt(bytes + 1);
        }
        Sent forth = new Sent(client, server, random);
        Sent back = new Sent(server, client, random);
        TlsPair.await(() -> {
            forth.step();
            back.step();
            return forth.isOver() && back.isOver();
        });
        forth.check();
        back.check();
    }

    /** Random bytes that one side sends to the other. */
    private static final class Sent {
        private final TlsChannel from;
        private final TlsChannel to;
        private final Random random;
        private final byte[] bytes = new byte[2_000_000];
        private final ByteBuffer source = ByteBuffer.wrap(bytes);
        private final ByteBuffer target = ByteBuffer.allocate(bytes.length);

        Sent(TlsChannel from, TlsChannel to, Random random) {
            this.from = from;
            this.to = to;
            this.random = random;
            random.nextBytes(bytes);
        }

        void step() throws IOException {
            int writing = Math.min(source.remaining(), random.nextInt(200_000));
            from.advance(Ops.WRITE);
            from.write(source.limit(source.position() + writing));
            source.limit(bytes.length);
            int reading = Math.min(target.remaining(), random.nextInt(random.nextBoolean() ? 100 : 100_000));
            to.read(target.limit(target.position() + reading));
            target.limit(bytes.length);
        }

        boolean isOver() {
            return !target.hasRemaining();
        }

        void check() {
            assertArrayEquals(bytes, target.array());
        }
    }

    @Test
    void bytesBeforeATamperedRecordAreReadFirst() throws IOException {
        client.write(TlsPair.text("good"));
        pair.serverWire.tamperAt = pair.clientWire.sent + 10; // in the body of the next record
        client.write(TlsPair.text("bad"));
        ByteBuffer target = ByteBuffer.allocate(10);
        TlsPair.await(() -> server.read(target) > 0);
        assertEquals(4, target.position());
        assertThrows(SSLException.class, () -> TlsPair.await(() -> server.read(target) > 0));
        assertEquals(4, target.position());
        assertTrue(server.isReady(Ops.READ));
        assertEquals(Ops.READ_WRITE, server.advance(Ops.NONE));
        assertEquals(Ops.NONE, server.interest(Ops.READ_WRITE));
        assertThrows(SSLException.class, () -> server.write(TlsPair.text("x")));
        SSLException alert = assertThrows(SSLException.class, () -> TlsPair.await(() -> client.read(target) > 0));
        assertTrue(String.valueOf(alert.getMessage()).contains("bad_record_mac"), alert::toString);
    }
}
