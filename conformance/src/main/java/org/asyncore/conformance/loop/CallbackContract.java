// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.asyncore.ExitNow;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of each call from a loop into a program. If the call throws or closes something, the other dispatchers are
 * still served, and all are closed at the end.
 */
@Timeout(120)
public abstract class CallbackContract {
    private static final Duration MOMENT = Duration.ofMillis(50);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<Throwable> errors = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected CallbackContract() {}

    private Loop loop() {
        return fixture.loop();
    }

    /** A dispatcher that does an action in one of the calls from the loop, and nothing in the others. */
    private final class Acting extends SocketDispatcher {
        private final String place;
        private final Runnable action;

        Acting(StreamChannel channel, String place, Runnable action) {
            super(CallbackContract.this.loop(), channel);
            this.place = place;
            this.action = action;
        }

        private boolean at(String here) {
            if (place.equals(here)) {
                action.run();
            }
            return true;
        }

        @Override
        public boolean readable() {
            return at("readable");
        }

        @Override
        public boolean writable() {
            return at("writable");
        }

        @Override
        public void handleRead() throws IOException {
            recv(1);
            at("handleRead");
            if (place.startsWith("handleError")) {
                throw new IOException("by the test");
            }
        }

        @Override
        public void handleWrite() {
            at("handleWrite");
        }

        @Override
        public void handleClose() {
            at("handleClose");
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            errors.add(cause);
            at("handleError");
        }
    }

    private List<LoopConnection> connections(int count) throws IOException {
        List<LoopConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(fixture.connection());
        }
        return connections;
    }

    // Closing inside a call from the loop.

    static List<List<Object>> places() {
        List<List<Object>> places = new ArrayList<>();
        for (InterestPolicy policy : InterestPolicy.values()) {
            for (String place :
                    new String[] {"readable", "writable", "handleRead", "handleWrite", "handleClose", "handleError"}) {
                places.add(List.of(policy, place));
            }
        }
        return places;
    }

    private void actAt(List<Object> where, Runnable action) throws IOException {
        String place = (String) where.get(1);
        List<LoopConnection> connections = connections(3);
        boolean[] done = new boolean[1];
        for (LoopConnection connection : connections) {
            new Acting(connection.channel(), place, () -> {
                if (!done[0]) {
                    done[0] = true;
                    action.run();
                }
            });
            if (place.equals("handleClose")) {
                connection.peer().close();
            } else {
                connection.send();
            }
        }
        while (!done[0]) {
            loop().run(Duration.ofSeconds(30), 1);
        }
        connections.forEach(connection -> assertFalse(connection.channel().isOpen(), where::toString));
    }

    @ParameterizedTest
    @MethodSource("places")
    void loopIsClosedFromAnyCall(List<Object> where) throws IOException {
        fixture.reopen((InterestPolicy) where.get(0));
        actAt(where, loop()::close);
        assertThrows(IllegalStateException.class, () -> loop().run(MOMENT, 1));
    }

    @ParameterizedTest
    @MethodSource("places")
    void allDispatchersAreClosedFromAnyCall(List<Object> where) throws IOException {
        fixture.reopen((InterestPolicy) where.get(0));
        actAt(where, loop()::closeAll);
        assertTrue(loop().dispatchers().isEmpty());
        loop().run(MOMENT, 1);
    }

    @Test
    void taskClosesTheLoop() {
        loop().execute(loop()::close);
        loop().execute(() -> errors.add(new Throwable("task")));
        loop().run();
        assertEquals(1, errors.size());
    }

    @Test
    void timerClosesTheLoopAndNoOtherTimerRuns() {
        loop().schedule(Duration.ZERO, loop()::close);
        loop().schedule(Duration.ZERO, () -> errors.add(new Throwable("timer")));
        loop().run();
        assertEquals(List.of(), errors);
    }

    // The end of a loop.

    static List<Throwable> throwables() {
        return List.of(new ExitNow(), new AssertionError("by the test"), new InternalError("by the test"));
    }

    private static void throwUnchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void closeClosesAllDispatchersIfATaskThrows(Throwable thrown) throws IOException {
        List<LoopConnection> connections = connections(2);
        connections.forEach(connection -> new Acting(connection.channel(), "", () -> {}));
        loop().execute(() -> throwUnchecked(thrown));
        loop().execute(() -> errors.add(new Throwable("task")));
        assertSame(thrown, assertThrows(Throwable.class, loop()::close));
        assertEquals(1, errors.size());
        connections.forEach(connection -> assertFalse(connection.channel().isOpen()));
        loop().close();
    }

    private final class FailingToClose extends SocketDispatcher {
        private final Throwable thrown;

        FailingToClose(StreamChannel channel, Throwable thrown) {
            super(CallbackContract.this.loop(), channel);
            this.thrown = thrown;
        }

        @Override
        public void close() {
            throwUnchecked(thrown);
        }
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void closeClosesAllDispatchersIfOneCloseThrows(Throwable thrown) throws IOException {
        List<LoopConnection> connections = connections(3);
        connections.forEach(connection -> new FailingToClose(connection.channel(), thrown));
        assertSame(thrown, assertThrows(Throwable.class, loop()::close));
        connections.forEach(connection -> assertFalse(connection.channel().isOpen()));
        assertThrows(IllegalStateException.class, loop()::run);
    }

    @Test
    void closeClosesTheChannelOfADispatcherWhoseCloseThrows() throws IOException {
        LoopConnection connection = fixture.connection();
        new FailingToClose(connection.channel(), new IllegalArgumentException("by the test"));
        loop().close();
        assertFalse(connection.channel().isOpen());
    }

    @Test
    void dispatcherIsRefusedByALoopThatIsBeingClosed() throws IOException {
        LoopConnection first = fixture.connection();
        LoopConnection second = fixture.connection();
        new SocketDispatcher(loop(), first.channel()) {
            @Override
            public void close() {
                super.close();
                errors.add(assertThrows(IllegalStateException.class, () -> new Acting(second.channel(), "", () -> {})));
            }
        };
        loop().close();
        assertEquals(1, errors.size());
    }

    @Test
    void dispatcherOfATaskDuringTheCloseIsClosed() throws IOException {
        LoopConnection connection = fixture.connection();
        loop().execute(() -> new Acting(connection.channel(), "", () -> {}));
        loop().close();
        assertFalse(connection.channel().isOpen());
    }

    // Errors of hooks.

    static List<Error> errorsOfOneHook() {
        return List.of(
                new StackOverflowError("by the test"),
                new OutOfMemoryError("by the test"),
                new AssertionError("by the test"),
                new NoClassDefFoundError("by the test"),
                new IOError(new IOException("by the test")),
                new ServiceConfigurationError("by the test"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfOneHook")
    void errorOfOneHookIsPassedToHandleError(Error error) throws IOException {
        List<LoopConnection> connections = connections(2);
        new Acting(connections.get(0).channel(), "handleRead", () -> throwUnchecked(error));
        boolean[] served = new boolean[1];
        new Acting(connections.get(1).channel(), "handleRead", () -> served[0] = true);
        for (LoopConnection connection : connections) {
            connection.send();
        }
        while (!served[0] || errors.isEmpty()) {
            loop().run(Duration.ofSeconds(30), 1);
        }
        assertEquals(List.of(error), errors);
    }

    @Test
    void defaultHandleErrorClosesAfterAnError() throws IOException {
        LoopConnection connection = fixture.connection();
        new SocketDispatcher(loop(), connection.channel()) {
            @Override
            public void handleWrite() {
                throw new StackOverflowError("by the test");
            }

            @Override
            public void handleClose() {
                close(); // logs nothing, unlike the default
            }
        };
        loop().run();
        assertFalse(connection.channel().isOpen());
    }

    static List<Error> errorsOfMoreThanAHook() {
        return List.of(new InternalError("by the test"), new UnknownError("by the test"), new Error("a program's own"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfMoreThanAHook")
    void errorOfAnyOtherKindLeavesRun(Error error) throws IOException {
        LoopConnection connection = fixture.connection();
        new Acting(connection.channel(), "handleRead", () -> throwUnchecked(error));
        connection.send();
        assertSame(error, assertThrows(Error.class, loop()::run));
        assertEquals(List.of(), errors);
        assertTrue(connection.channel().isOpen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"readable", "writable", "handleError"})
    void errorOfAPredicateOrOfHandleErrorLeavesRun(String place) throws IOException {
        AssertionError error = new AssertionError("by the test");
        LoopConnection connection = fixture.connection();
        new Acting(connection.channel(), place, () -> throwUnchecked(error));
        connection.send();
        assertSame(error, assertThrows(AssertionError.class, loop()::run));
    }
}
