// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes and ends in every order, over transports that move few bytes, with a peer that reads late. */
@Timeout(300)
final class LatePeerTest {
    private static final int ATTEMPTS = 1_000_000; // more than any case needs

    /** The bytes that a transport moves in a call. */
    private enum Room {
        ALL,
        ONE_BYTE,
        EVERY_SECOND_TIME,
        NONE_FOR_A_WHILE,
        NONE_FOR_A_WHILE_THEN_ONE_BYTE;

        IntUnaryOperator moved() {
            int[] calls = {0};
            return bytes -> {
                int call = calls[0]++;
                return switch (this) {
                    case ALL -> bytes;
                    case ONE_BYTE -> Math.min(1, bytes);
                    case EVERY_SECOND_TIME -> call % 2 == 0 ? 0 : bytes;
                    case NONE_FOR_A_WHILE -> call < 10 ? 0 : bytes;
                    case NONE_FOR_A_WHILE_THEN_ONE_BYTE -> call < 10 ? 0 : Math.min(1, bytes);
                };
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The steps of one side: s sends, h shuts its output down, c closes; e is the same as h, but of the peer. */
    private static final List<String> ORDERS = List.of("c", "hc", "sc", "shc", "ssc", "sshc", "esc", "eshc", "h", "sh");

    static Stream<Arguments> all() {
        Backend backend = PollerAndPolicy.all().findFirst().orElseThrow().backend();
        return Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(protocol -> Stream.of(Room.values())
                        .flatMap(writing -> ORDERS.stream()
                                .filter(order -> protocol.equals("TLSv1.3") || !order.startsWith("e"))
                                .map(order -> Arguments.of(backend, protocol, writing, order))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void takenBytesAreReceivedBeforeTheEnd(Backend backend, String protocol, Room room, String order)
            throws IOException {
        try (TlsPair pair = new TlsPair(backend, protocol)) {
            pair.clientWire.writable = room.moved();
            pair.serverWire.writable = room.moved();
            pair.serverWire.readable = room == Room.ONE_BYTE ? room.moved() : bytes -> bytes;
            handshake(pair);
            pair.clientWire.writable = room.moved();
            End client = new End(pair.client);
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            for (int i = 0; i < order.length(); i++) {
                switch (order.charAt(i)) {
                    case 's' -> client.send();
                    case 'h' -> client.channel.shutdownOutput();
                    case 'e' -> endOfPeer(pair);
                    default -> client.closing = true;
                }
            }
            TlsPair.await(() -> {
                client.step();
                return isAtEnd(pair.server, received) && client.isDone();
            });
            assertArrayEquals(client.taken.toByteArray(), received.toByteArray());
            assertEquals(order.contains("s"), received.size() > 0);
        }
    }

    /** Advances both sides as a loop does, until both handshakes are over. */
    private static void handshake(TlsPair pair) throws IOException {
        int attempts = 0;
        while (!pair.client.isEstablished() || !pair.server.isEstablished()) {
            pair.client.finishConnect();
            pair.client.advance(Ops.READ_WRITE);
            pair.server.finishConnect();
            pair.server.advance(Ops.READ_WRITE);
            assertTrue(attempts++ < ATTEMPTS, "never established");
        }
    }

    private static void endOfPeer(TlsPair pair) throws IOException {
        pair.server.shutdownOutput();
        ByteBuffer target = ByteBuffer.allocate(1);
        TlsPair.await(() -> {
            pair.server.advance(Ops.WRITE);
            return pair.client.read(target) < 0;
        });
    }

    private static boolean isAtEnd(TlsChannel channel, ByteArrayOutputStream received) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(100_000);
        int n = channel.read(target);
        received.write(target.array(), 0, target.position());
        return n < 0;
    }

    /** A side that keeps the bytes that were taken, and is advanced as by a loop. */
    private static final class End {
        final TlsChannel channel;
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        boolean closing;
        private boolean closed;
        private final Random random = new Random(1);

        End(TlsChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            byte[] bytes = new byte[2_000];
            random.nextBytes(bytes);
            int n = channel.write(ByteBuffer.wrap(bytes));
            taken.write(bytes, 0, n);
        }

        void step() throws IOException {
            if (closed) {
                return;
            }
            if (!closing) {
                channel.advance(Ops.of(false, channel.interest(Ops.NONE).writes()));
            } else if (channel.finish()) {
                channel.close();
                closed = true;
            }
        }

        boolean isDone() {
            return closed == closing && channel.unsentBytes() == 0;
        }
    }
}
