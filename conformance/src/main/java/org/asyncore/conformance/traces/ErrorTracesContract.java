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

/** Where exceptions go. */
public abstract class ErrorTracesContract {
    @RegisterExtension
    final Stage stage = new Stage();

    /** For a backend's tests. */
    protected ErrorTracesContract() {}

    /** A probe whose read throws. */
    private final class Thrower extends Probe {
        private final Exception failure;

        Thrower(String who, StreamChannel channel, Exception failure) {
            super(stage, who, channel);
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
    void errorInReadingCloses(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Pair pair = stage.pairThatSent("data");
        Probe thrower = new Thrower("thrower", pair.ours(), new Boom("boom"));
        thrower.out = "abc";
        stage.cycles(2);
        afterwards(thrower, pair.peer());
        stage.cameOutAsRecorded();
    }

    private void afterwards(Probe thrower, Peer peer) {
        stage.outcome("connected", thrower.connected(), "map_size", stage.mapSize());
        stage.outcome("peer_got", peer.receiveAll().length());
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_write")
    void errorInWritingCloses(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Pair pair = stage.pair();
        Probe thrower = new Probe(stage, "thrower", pair.ours()) {
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
                throw new Boom("boom");
            }
        };
        thrower.out = "abc";
        stage.cycles(2);
        afterwards(thrower, pair.peer());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_disconnect_errno_from_hook")
    void systemErrorThatAHookMakesUpIsAnErrorLikeAnyOther(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Map<String, String> symbols = Map.of("reset", "ECONNRESET", "eio", "EIO", "pipe", "EPIPE");
        for (String who : List.of("reset", "eio", "pipe")) {
            String symbol = Objects.requireNonNull(symbols.get(who));
            new Thrower(who, stage.pairThatSent("data").ours(), new SystemError(symbol));
        }
        stage.cycles(2);
        stage.outcome("map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_accept")
    void errorInAcceptingClosesTheListener(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Acceptor listener = new Acceptor(stage, StreamChannel::close) {
            @Override
            public void handleAccept() {
                event("handle_accept");
                throw new Boom("boom");
            }
        };
        Peer client = stage.connect(listener);
        stage.cycles(2);
        stage.outcome("accepting", listener.accepting(), "map_size", stage.mapSize());
        stage.outcome("client_cut_off", client.receive(1).isEmpty());
        stage.cameOutAsRecorded();
    }

    private Probe connecting(Probe client) throws IOException {
        ServerSocket listener = stage.listener();
        client.out = "abc";
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        stage.await(client, Ops.WRITE);
        return client;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_connect")
    void errorInConnectingSkipsTheWrite(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Probe client = connecting(new Probe(stage, "client") {
            @Override
            public void handleConnect() {
                event("handle_connect");
                throw new Boom("boom");
            }

            @Override
            public void handleError(Throwable cause) {
                event(
                        "handle_error",
                        "error",
                        Errors.name(cause),
                        "connected",
                        connected(),
                        "connecting",
                        connecting());
                handleClose();
            }
        });
        stage.cycles(2);
        stage.outcome("connected", client.connected(), "connecting", client.connecting());
        stage.outcome("map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_connect_repeats")
    void handleConnectIsCalledUntilItSucceeds(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Probe client = connecting(new Probe(stage, "client") {
            private int calls;

            @Override
            public void handleConnect() {
                event("handle_connect");
                if (++calls <= 2) {
                    throw new Boom("boom");
                }
            }
        });
        client.closesOnError = false;
        stage.cycles(3);
        stage.quietCycles(1);
        stage.outcome("connected", client.connected(), "connecting", client.connecting());
        stage.outcome("unsent", client.out.length(), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_handle_error")
    void errorInHandlingAnErrorLeavesTheLoop(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Probe bad = new Probe(stage, "bad", stage.pairThatSent("data").ours()) {
            @Override
            public void handleRead() {
                event("handle_read");
                throw new Boom("first");
            }

            @Override
            public void handleError(Throwable cause) {
                event("handle_error", "error", Errors.name(cause));
                throw new Boom("second");
            }
        };
        Probe good = new Probe(stage, "good", stage.pairThatSent("data").ours());
        stage.raisingCycle();
        int before = stage.mapSize();
        bad.close();
        stage.cycles(1);
        stage.outcome("map_sizes", List.of(before, stage.mapSize()), "good_got", good.got.length());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_in_predicate")
    void errorInAnAnswerLeavesTheLoop(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        new Probe(stage, "first", stage.pairThatSent("data").ours()).recordsPredicates = true;
        new Probe(stage, "second", stage.pairThatSent("data").ours()) {
            @Override
            public boolean writable() {
                event("writable", "result", "throws");
                throw new Boom("boom");
            }
        }.recordsPredicates = true;
        stage.raisingCycle();
        stage.outcome("map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    /** Stands for the exception by which Python exits. */
    private static final class SystemExit extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Stands for what Ctrl-C raises in Python. */
    private static final class KeyboardInterrupt extends Error {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("exit_now")
    void exitNowAndErrorsLeaveTheLoopAndCloseNothing(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        new Quitter(stage.pairThatSent("data"));
        new Probe(stage, "b", stage.pairThatSent("data").ours());
        List<Integer> sizes = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            stage.raisingCycle();
            sizes.add(stage.mapSize());
        }
        stage.outcome("map_sizes", sizes);
        stage.cameOutAsRecorded();
    }

    private final class Quitter extends Probe {
        private final Deque<Throwable> plan =
                new ArrayDeque<>(Arrays.asList(new ExitNow(), new SystemExit(), new KeyboardInterrupt()));

        Quitter(Pair pair) {
            super(stage, "a", pair.ours());
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
        Plain(Stage stage, StreamChannel channel) {
            super(stage.loop(), channel);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() {
            throw new Boom("boom");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("error_default_logging")
    @Departs("log_info of type 'error' is SLF4J's error, and the text does not say python")
    void unhandledErrorIsLoggedAndCloses(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        try (LogCapture log = new LogCapture(Plain.class)) {
            new Plain(stage, stage.pairThatSent("x").ours());
            stage.cycles(2);
            log.record(stage, "plain");
            IThrowableProxy cause = log.lines().get(0).getThrowableProxy();
            stage.outcome("text_names_error", "boom".equals(cause.getMessage()), "map_size", stage.mapSize());
            stage.outcome(
                    "text_names_hook",
                    cause.getStackTraceElementProxyArray()[0].getSTEAsString().contains("handleRead"));
        }
        stage.cameOutInstead("""
                loop.cycle {"n":1}
                plain.log {"level":"ERROR","message":"uncaptured exception, closing channel"}
                plain.log {"level":"WARN","message":"unhandled close event"}
                """);
    }
}
