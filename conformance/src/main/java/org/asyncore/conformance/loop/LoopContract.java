// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.asyncore.BufferedDispatcher;
import org.asyncore.ExitNow;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a loop: running, tasks, errors and closing. */
@Timeout(120)
public abstract class LoopContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected LoopContract() {}

    private Loop loop() {
        return fixture.loop();
    }

    private LoopConnection connected(Runnable then) throws IOException {
        LoopConnection connection = fixture.connection();
        new ReadingDispatcher(loop(), connection.channel(), then);
        return connection;
    }

    @Test
    void runReturnsWhenNoDispatcherTaskOrTimerIsLeft() throws IOException {
        LoopConnection connection = connected(() -> log.add("read"));
        connection.send();
        loop().schedule(Duration.ofMillis(20), () -> {
            log.add("timer");
            loop().execute(() -> {
                log.add("task");
                assertDoesClose(connection);
            });
        });
        loop().run();
        assertEquals(List.of("read", "timer", "task"), log);
        assertTrue(loop().dispatchers().isEmpty());
    }

    private static void assertDoesClose(LoopConnection connection) {
        try {
            connection.peer().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void secondConnectIsRefusedAndTheFirstGoesOn() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SocketDispatcher client = new SocketDispatcher(loop()) {
                @Override
                public void handleConnect() {
                    log.add("connect");
                }

                @Override
                public void handleWrite() {
                    close();
                }
            };
            client.createSocket();
            client.connect(server.getLocalSocketAddress());
            assertThrows(IllegalStateException.class, () -> client.connect(server.getLocalSocketAddress()));
            loop().run();
            assertEquals(List.of("connect"), log);
        }
    }

    @Test
    void bufferedSendCallsNoHook() throws IOException {
        LoopConnection connection = fixture.connection();
        BufferedDispatcher sender = new BufferedDispatcher(loop(), connection.channel()) {
            @Override
            public void initiateSend(ByteBuffer front) {
                log.add("attempt");
            }

            @Override
            public void handleWrite() {
                log.add("write");
            }
        };
        sender.send(new byte[1]);
        sender.send(new byte[1]);
        assertEquals(List.of("attempt", "attempt"), log);
    }

    @Test
    void propertyChoosesThePoller() {
        String before = System.getProperty("asyncore.poller");
        System.setProperty("asyncore.poller", loop().pollerName());
        try (Loop chosen = Loop.open()) {
            assertEquals(loop().pollerName(), chosen.pollerName());
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable String before) {
        if (before == null) {
            System.clearProperty("asyncore.poller");
        } else {
            System.setProperty("asyncore.poller", before);
        }
    }

    @Test
    void tasksOfOneThreadRunInTheirOrder() {
        for (int i = 0; i < 1000; i++) {
            int n = i;
            loop().execute(() -> log.add("" + n));
        }
        loop().run();
        for (int i = 0; i < 1000; i++) {
            assertEquals("" + i, log.get(i));
        }
    }

    @Test
    void stopBeforeRunEndsOnlyThatRun() throws IOException {
        LoopConnection connection = connected(() -> {
            log.add("read");
            loop().stop();
        });
        connection.send();
        loop().stop();
        loop().run();
        assertEquals(List.of(), log);
        loop().run();
        assertEquals(List.of("read"), log);
    }

    @Test
    void exitNowLeavesRunAndTheNextRunGoesOn() {
        ExitNow exit = new ExitNow();
        loop().execute(() -> {
            throw exit;
        });
        loop().execute(() -> log.add("task"));
        assertSame(exit, assertThrows(ExitNow.class, loop()::run));
        loop().run();
        assertEquals(List.of("task"), log);
    }

    @Test
    void errorLeavesRun() {
        Error error = new AssertionError("by the test");
        loop().execute(() -> {
            throw error;
        });
        assertSame(error, assertThrows(AssertionError.class, loop()::run));
    }

    @Test
    void exceptionOfATaskOrTimerDoesNotStopTheOthers() {
        loop().execute(() -> {
            throw new IllegalArgumentException("by the test");
        });
        loop().execute(() -> log.add("task"));
        loop().schedule(Duration.ZERO, () -> {
            throw new IllegalArgumentException("by the test");
        });
        loop().schedule(Duration.ZERO, () -> log.add("timer"));
        loop().run();
        assertEquals(List.of("task", "timer"), log);
    }

    @Test
    void closeAllClosesAllDispatchersWithoutHandleClose() throws IOException {
        List<LoopConnection> connections = List.of(connected(() -> {}), connected(() -> {}));
        loop().closeAll();
        assertTrue(loop().dispatchers().isEmpty());
        connections.forEach(connection -> assertFalse(connection.channel().isOpen()));
        assertEquals(List.of(), log);
    }

    @Test
    void closeRunsQueuedTasksAndRefusesLaterOnes() {
        loop().execute(() -> log.add("task"));
        loop().close();
        loop().close();
        assertEquals(List.of("task"), log);
        assertThrows(RejectedExecutionException.class, () -> loop().execute(() -> log.add("late")));
        assertThrows(IllegalStateException.class, loop()::run);
    }

    @Test
    void dispatcherServedByANestedRunIsNotServedAgain() throws IOException {
        LoopConnection first = fixture.connection();
        LoopConnection second = fixture.connection();
        new ReadingDispatcher(loop(), first.channel(), () -> {
            log.add("outer");
            loop().run(PATIENCE, 1);
            log.add("end of outer");
        });
        new ReadingDispatcher(loop(), second.channel(), () -> log.add("inner"));
        first.send();
        second.send();
        loop().run(PATIENCE, 1);
        loop().run(Duration.ofMillis(50), 1);
        assertEquals(List.of("outer", "inner", "end of outer"), log);
    }
}
