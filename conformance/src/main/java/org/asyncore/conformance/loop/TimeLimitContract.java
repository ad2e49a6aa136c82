// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketType;
import org.asyncore.TimeLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of {@code setTimeLimit} and {@code handleTimeout}, by a clock that the tests move. */
@Timeout(120)
public abstract class TimeLimitContract {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private long now;

    /** Makes the contract, for the tests of a backend. */
    protected TimeLimitContract() {}

    private Loop open(InterestPolicy policy) {
        loops.add(fixture.builder().interestPolicy(policy).clock(() -> now).open());
        return loops.get(0);
    }

    @AfterEach
    void close() {
        loops.forEach(Loop::close);
    }

    private LimitedDispatcher limited(Loop loop, LoopConnection connection, TimeLimit which) {
        LimitedDispatcher dispatcher = new LimitedDispatcher(loop, connection.channel(), log);
        dispatcher.setTimeLimit(which, LIMIT);
        return dispatcher;
    }

    private void turnAt(long seconds) {
        now = Duration.ofSeconds(seconds).toNanos();
        loops.get(0).runOnce(Duration.ZERO);
    }

    /** Runs turns, without moving the clock. */
    private void turnUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, log::toString);
            loops.get(0).runOnce(Duration.ofMillis(10));
        }
    }

    private ServerSocketChannel server() throws IOException {
        return fixture.closing(ServerSocketChannel.open())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    // Activity.

    @ParameterizedTest
    @EnumSource
    void silentConnectionReachesItsReadLimitOncePerLimit(InterestPolicy policy) throws IOException {
        limited(open(policy), fixture.connection(), TimeLimit.READ_IDLE);
        turnAt(29);
        assertEquals(List.of(), log);
        turnAt(30);
        turnAt(59);
        assertEquals(List.of("READ_IDLE"), log);
        turnAt(60);
        assertEquals(List.of("READ_IDLE", "READ_IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void receivedBytesStartTheReadLimitAgain(InterestPolicy policy) throws IOException {
        LoopConnection connection = fixture.connection();
        limited(open(policy), connection, TimeLimit.READ_IDLE);
        turnAt(20);
        connection.send();
        turnUntil(() -> log.contains("read"));
        turnAt(49);
        assertEquals(List.of("read"), log);
        turnAt(50);
        assertEquals(List.of("read", "READ_IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void sentBytesStartTheIdleLimitAgainButNotTheReadLimit(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = limited(open(policy), fixture.connection(), TimeLimit.READ_IDLE);
        dispatcher.setTimeLimit(TimeLimit.IDLE, LIMIT);
        turnAt(20);
        dispatcher.send(new byte[1]);
        turnAt(30);
        assertEquals(List.of("READ_IDLE"), log);
        turnAt(49);
        assertEquals(List.of("READ_IDLE"), log);
        turnAt(50);
        assertEquals(List.of("READ_IDLE", "IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void datagramStartsTheReadLimitAgain(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = new LimitedDispatcher(open(policy), log) {
            @Override
            public void handleRead() throws IOException {
                if (recvFrom(ByteBuffer.allocate(10)) != null) {
                    log.add("datagram");
                }
            }
        };
        dispatcher.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        dispatcher.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        dispatcher.setTimeLimit(TimeLimit.READ_IDLE, LIMIT);
        turnAt(20);
        dispatcher.sendTo(ByteBuffer.allocate(0), requireNonNull(dispatcher.localAddress()));
        turnUntil(() -> log.contains("datagram"));
        turnAt(49);
        assertEquals(List.of("datagram"), log);
        turnAt(50);
        assertEquals(List.of("datagram", "READ_IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void writeLimitRunsOnlyWhileBytesWait(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = limited(open(policy), fixture.connection(), TimeLimit.WRITE_IDLE);
        dispatcher.send(new byte[1]);
        turnAt(100);
        dispatcher.fill();
        turnAt(129);
        assertEquals(List.of(), log);
        turnAt(130);
        assertEquals(List.of("WRITE_IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void writeLimitSetWhileBytesWaitRunsFromThenOn(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher =
                new LimitedDispatcher(open(policy), fixture.connection().channel(), log);
        dispatcher.fill();
        turnAt(100);
        dispatcher.setTimeLimit(TimeLimit.WRITE_IDLE, LIMIT);
        turnAt(129);
        assertEquals(List.of(), log);
        turnAt(130);
        assertEquals(List.of("WRITE_IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void bytesTakenStartTheWriteLimitAgain(InterestPolicy policy) throws IOException {
        LoopConnection connection = fixture.connection();
        LimitedDispatcher dispatcher = limited(open(policy), connection, TimeLimit.WRITE_IDLE);
        dispatcher.fill();
        turnAt(20);
        ByteBuffer read = ByteBuffer.allocate(1 << 20);
        turnUntil(() -> readSome(connection, read) && log.contains("sent"));
        turnAt(49);
        assertEquals(List.of("sent"), log);
    }

    private static boolean readSome(LoopConnection connection, ByteBuffer buffer) {
        try {
            return connection.peer().read(buffer.clear()) > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void dispatcherThatDropsItsOutputReachesNoWriteLimit(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = limited(open(policy), fixture.connection(), TimeLimit.WRITE_IDLE);
        dispatcher.fill();
        turnAt(1);
        dispatcher.writing = false;
        loops.get(0).refresh(dispatcher);
        turnAt(100);
        turnAt(200);
        assertEquals(List.of(), log);
    }

    // Connecting, and the whole time.

    @ParameterizedTest
    @EnumSource
    void connectionThatIsNotEstablishedReachesItsConnectLimitOnce(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = new LimitedDispatcher(open(policy), log);
        dispatcher.createSocket();
        dispatcher.setTimeLimit(TimeLimit.CONNECT, LIMIT);
        dispatcher.layer(); // its handshake never ends
        now = Duration.ofSeconds(10).toNanos();
        dispatcher.connect(server().getLocalAddress());
        turnAt(39);
        assertEquals(List.of(), log);
        turnAt(40);
        turnAt(100);
        assertEquals(List.of("CONNECT"), log);
    }

    @ParameterizedTest
    @EnumSource
    void establishedConnectionReachesItsIdleLimitAndNoConnectLimit(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = new LimitedDispatcher(open(policy), log);
        dispatcher.createSocket();
        dispatcher.setTimeLimit(TimeLimit.CONNECT, LIMIT);
        dispatcher.setTimeLimit(TimeLimit.IDLE, LIMIT);
        dispatcher.connect(server().getLocalAddress());
        now = Duration.ofSeconds(20).toNanos();
        turnUntil(dispatcher::connected);
        turnAt(49);
        assertEquals(List.of("connect"), log);
        turnAt(50);
        assertEquals(List.of("connect", "IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void activityAndAnotherSocketDoNotLengthenTheTotalTime(InterestPolicy policy) throws IOException {
        LoopConnection connection = fixture.connection();
        LimitedDispatcher dispatcher = limited(open(policy), connection, TimeLimit.TOTAL);
        turnAt(20);
        connection.send();
        turnUntil(() -> log.contains("read"));
        dispatcher.layer();
        turnAt(30);
        turnAt(100);
        assertEquals(List.of("read", "TOTAL"), log);
    }

    @ParameterizedTest
    @EnumSource
    void secondConnectionOfADispatcherHasItsOwnTotalTime(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = new LimitedDispatcher(open(policy), log);
        dispatcher.createSocket();
        dispatcher.setTimeLimit(TimeLimit.TOTAL, LIMIT);
        dispatcher.connect(server().getLocalAddress());
        turnUntil(dispatcher::connected);
        dispatcher.close();
        turnAt(20);
        dispatcher.createSocket();
        dispatcher.connect(server().getLocalAddress());
        turnUntil(dispatcher::connected);
        turnAt(49);
        assertEquals(List.of("connect", "connect"), log);
        turnAt(50);
        assertEquals(List.of("connect", "connect", "TOTAL"), log);
    }

    // The end of limits.

    @ParameterizedTest
    @EnumSource
    void closedDispatcherHasNoTimerLeft(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = limited(open(policy), fixture.connection(), TimeLimit.IDLE);
        dispatcher.setTimeLimit(TimeLimit.TOTAL, LIMIT);
        assertTrue(loops.get(0).toString().contains(" 2 timers"), loops::toString);
        dispatcher.close();
        assertTrue(loops.get(0).toString().contains(" 0 timers"), loops::toString);
    }

    @ParameterizedTest
    @EnumSource
    void limitRunsAgainWhenADispatcherJoinsAgain(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = limited(open(policy), fixture.connection(), TimeLimit.IDLE);
        dispatcher.delChannel();
        turnAt(100);
        dispatcher.addChannel();
        turnAt(129);
        assertEquals(List.of(), log);
        turnAt(130);
        assertEquals(List.of("IDLE"), log);
    }

    @ParameterizedTest
    @EnumSource
    void zeroRemovesALimitAndAnotherTimeReplacesIt(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher = limited(open(policy), fixture.connection(), TimeLimit.IDLE);
        dispatcher.setTimeLimit(TimeLimit.READ_IDLE, Duration.ofSeconds(10));
        dispatcher.setTimeLimit(TimeLimit.READ_IDLE, Duration.ofSeconds(20));
        dispatcher.setTimeLimit(TimeLimit.IDLE, Duration.ZERO);
        turnAt(19);
        assertEquals(List.of(), log);
        turnAt(20);
        assertEquals(List.of("READ_IDLE"), log);
        assertThrows(
                IllegalArgumentException.class, () -> dispatcher.setTimeLimit(TimeLimit.IDLE, Duration.ofNanos(-1)));
    }

    @ParameterizedTest
    @EnumSource
    void exceptionOfHandleTimeoutGoesToHandleError(InterestPolicy policy) throws IOException {
        LimitedDispatcher dispatcher =
                new LimitedDispatcher(open(policy), fixture.connection().channel(), log) {
                    @Override
                    public void handleTimeout(TimeLimit which) throws IOException {
                        throw new IOException("by the test");
                    }
                };
        dispatcher.setTimeLimit(TimeLimit.IDLE, LIMIT);
        turnAt(30);
        assertEquals(List.of("error by the test"), log);
        assertFalse(dispatcher.connected());
    }

    @ParameterizedTest
    @EnumSource
    void hookThatTakesLongDoesNotEndTheLimitOfABusyConnection(InterestPolicy policy) throws IOException {
        LoopConnection slow = fixture.connection();
        LoopConnection busy = fixture.connection();
        new LimitedDispatcher(open(policy), slow.channel(), log) {
            @Override
            public void handleRead() throws IOException {
                recv(1);
                now += Duration.ofSeconds(100).toNanos();
                busy.send();
            }
        };
        limited(loops.get(0), busy, TimeLimit.READ_IDLE);
        slow.send();
        turnUntil(() -> log.contains("read"));
        assertEquals(List.of("read"), log);
    }
}
