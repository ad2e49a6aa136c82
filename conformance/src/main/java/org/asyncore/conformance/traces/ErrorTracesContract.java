// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import ch.qos.logback.classic.spi.IThrowableProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.asyncore.ExitNow;
import org.asyncore.InterestPolicy;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of the scenarios of exceptions. */
public abstract class ErrorTracesContract {
    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected ErrorTracesContract() {}

    /** A probe that throws in {@code handleRead}. */
    private final class Thrower extends Probe {
        private final Exception failure;

        Thrower(String who, StreamChannel channel, Exception failure) {
            super(scenario, who, channel);
            this.failure = failure;
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            event("handle_read");
            if (failure instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_read")
    void errorInHandleReadCloses(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pairThatSent("data");
        Probe thrower = new Thrower("thrower", pair.ours(), new HookFailure("boom"));
        thrower.out = "abc";
        scenario.cycles(2);
        afterwards(thrower, pair.peer());
        scenario.assertAsRecorded();
    }

    private void afterwards(Probe thrower, ScenarioPeer peer) {
        scenario.outcome("connected", thrower.connected(), "map_size", scenario.mapSize());
        scenario.outcome("peer_got", peer.receiveAll().length());
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_write")
    void errorInHandleWriteCloses(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pair();
        Probe thrower = new Probe(scenario, "thrower", pair.ours()) {
            @Override
            public boolean readable() {
                return false;
            }

            @Override
            public boolean writable() {
                return true;
            }

            @Override
            public void handleWrite() {
                event("handle_write");
                throw new HookFailure("boom");
            }
        };
        thrower.out = "abc";
        scenario.cycles(2);
        afterwards(thrower, pair.peer());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_disconnect_errno_from_hook")
    void systemErrorThrownByAHookIsHandledAsAnyOther(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Map<String, String> symbols = Map.of("reset", "ECONNRESET", "eio", "EIO", "pipe", "EPIPE");
        for (String who : List.of("reset", "eio", "pipe")) {
            String symbol = Objects.requireNonNull(symbols.get(who));
            new Thrower(who, scenario.pairThatSent("data").ours(), new SystemError(symbol));
        }
        scenario.cycles(2);
        scenario.outcome("map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_accept")
    void errorInHandleAcceptClosesTheListener(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Acceptor listener = new Acceptor(scenario, StreamChannel::close) {
            @Override
            public void handleAccept() {
                event("handle_accept");
                throw new HookFailure("boom");
            }
        };
        ScenarioPeer client = scenario.connect(listener);
        scenario.cycles(2);
        scenario.outcome("accepting", listener.accepting(), "map_size", scenario.mapSize());
        scenario.outcome("client_cut_off", client.receive(1).isEmpty());
        scenario.assertAsRecorded();
    }

    private Probe connecting(Probe client) throws IOException {
        ServerSocket listener = scenario.listener();
        client.out = "abc";
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        scenario.await(client, Ops.WRITE);
        return client;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_connect")
    void errorInHandleConnectSkipsTheWrite(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Probe client = connecting(new Probe(scenario, "client") {
            @Override
            public void handleConnect() {
                event("handle_connect");
                throw new HookFailure("boom");
            }

            @Override
            public void handleError(Throwable cause) {
                event(
                        "handle_error",
                        "error",
                        ErrorNames.name(cause),
                        "connected",
                        connected(),
                        "connecting",
                        connecting());
                handleClose();
            }
        });
        scenario.cycles(2);
        scenario.outcome("connected", client.connected(), "connecting", client.connecting());
        scenario.outcome("map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_connect_repeats")
    void handleConnectIsCalledUntilItSucceeds(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Probe client = connecting(new Probe(scenario, "client") {
            private int calls;

            @Override
            public void handleConnect() {
                event("handle_connect");
                if (++calls <= 2) {
                    throw new HookFailure("boom");
                }
            }
        });
        client.closesOnError = false;
        scenario.cycles(3);
        scenario.quietCycles(1);
        scenario.outcome("connected", client.connected(), "connecting", client.connecting());
        scenario.outcome("unsent", client.out.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_error")
    void errorInHandleErrorLeavesTheLoop(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Probe bad = new Probe(scenario, "bad", scenario.pairThatSent("data").ours()) {
            @Override
            public void handleRead() {
                event("handle_read");
                throw new HookFailure("first");
            }

            @Override
            public void handleError(Throwable cause) {
                event("handle_error", "error", ErrorNames.name(cause));
                throw new HookFailure("second");
            }
        };
        Probe good = new Probe(scenario, "good", scenario.pairThatSent("data").ours());
        scenario.raisingCycle();
        int before = scenario.mapSize();
        bad.close();
        scenario.cycles(1);
        scenario.outcome("map_sizes", List.of(before, scenario.mapSize()), "good_got", good.got.length());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_predicate")
    void errorInAPredicateLeavesTheLoop(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        new Probe(scenario, "first", scenario.pairThatSent("data").ours()).recordsPredicates = true;
        new Probe(scenario, "second", scenario.pairThatSent("data").ours()) {
            @Override
            public boolean writable() {
                event("writable", "result", "throws");
                throw new HookFailure("boom");
            }
        }.recordsPredicates = true;
        scenario.raisingCycle();
        scenario.outcome("map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    /** Represents the exception that ends Python. */
    private static final class SystemExit extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Represents the exception of Ctrl-C in Python. */
    private static final class KeyboardInterrupt extends Error {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("exit_now")
    void exitNowAndErrorsLeaveTheLoopAndCloseNothing(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        new Quitter(scenario.pairThatSent("data"));
        new Probe(scenario, "b", scenario.pairThatSent("data").ours());
        List<Integer> sizes = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            scenario.raisingCycle();
            sizes.add(scenario.mapSize());
        }
        scenario.outcome("map_sizes", sizes);
        scenario.assertAsRecorded();
    }

    private final class Quitter extends Probe {
        private final Deque<Throwable> plan =
                new ArrayDeque<>(Arrays.asList(new ExitNow(), new SystemExit(), new KeyboardInterrupt()));

        Quitter(ScenarioConnection pair) {
            super(scenario, "a", pair.ours());
        }

        @Override
        public void handleRead() throws IOException {
            Throwable next = plan.poll();
            if (next == null) {
                super.handleRead();
                return;
            }
            event("handle_read", "throws", next.getClass().getSimpleName());
            if (next instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) next;
        }
    }

    private static final class Plain extends SocketDispatcher {
        Plain(Scenario scenario, StreamChannel channel) {
            super(scenario.loop(), channel);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() {
            throw new HookFailure("boom");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_default_logging")
    @DiffersFromAsyncore("log_info of type 'error' is SLF4J's error, and the text does not say python")
    void unhandledErrorIsLoggedAndCloses(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        try (LogCapture log = new LogCapture(Plain.class)) {
            new Plain(scenario, scenario.pairThatSent("x").ours());
            scenario.cycles(2);
            log.record(scenario, "plain");
            IThrowableProxy cause = log.lines().get(0).getThrowableProxy();
            scenario.outcome("text_names_error", "boom".equals(cause.getMessage()), "map_size", scenario.mapSize());
            scenario.outcome(
                    "text_names_hook",
                    cause.getStackTraceElementProxyArray()[0].getSTEAsString().contains("handleRead"));
        }
        scenario.assertEvents("""
                loop.cycle {"n":1}
                plain.log {"level":"ERROR","message":"uncaptured exception, closing channel"}
                plain.log {"level":"WARN","message":"unhandled close event"}
                """);
    }
}
