// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import org.asyncore.Dispatcher;
import org.asyncore.ExitNow;
import org.asyncore.InterestPolicy;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of the scenarios of ending streams and closing dispatchers. */
public abstract class EndTracesContract {
    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected EndTracesContract() {}

    @ParameterizedTest
    @EnumSource
    @Replays("eof_half_close")
    void answerIsSentAfterTheEnd(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pairThatSent("q".repeat(100));
        pair.peer().shutdownOutput();
        Probe responder = new Responder(pair.ours());
        scenario.cycles(5);
        scenario.outcome("got", responder.got.length(), "map_size", scenario.mapSize());
        scenario.outcome("peer_got", pair.peer().receiveAll().length());
        scenario.assertAsRecorded();
    }

    private final class Responder extends Probe {
        private boolean ended;

        Responder(StreamChannel channel) {
            super(scenario, "responder", channel);
            writeBytes = 128;
        }

        @Override
        public boolean readable() {
            return !ended;
        }

        @Override
        public void handleClose() {
            event("handle_close");
            if (ended) {
                close();
            } else {
                ended = true;
                out = "a".repeat(300);
            }
        }

        @Override
        public void handleWrite() throws IOException {
            super.handleWrite();
            if (out.isEmpty()) {
                close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("eof_not_closed")
    void endIsReportedUntilTheDispatcherCloses(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pair();
        Probe stubborn = new Probe(scenario, "stubborn", pair.ours()) {
            @Override
            public void handleClose() {
                event("handle_close");
            }
        };
        pair.peer().shutdownOutput();
        scenario.cycles(3);
        scenario.outcome("connected", stubborn.connected(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("closed_behind_back")
    @DiffersFromAsyncore(
            "no error leaves the loop: the closed dispatcher is notified and its sibling is served, as with poll")
    void channelClosedDirectlyDoesNotStopTheOthers(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pair();
        new Probe(scenario, "dead", pair.ours());
        Probe healthy =
                new Probe(scenario, "healthy", scenario.pairThatSent("data").ours());
        pair.ours().close();
        scenario.raisingCycle();
        scenario.quietCycles(1);
        scenario.outcome("map_size", scenario.mapSize(), "healthy_got", healthy.got.length());
        scenario.assertEvents("""
                loop.cycle {"n":1}
                dead.handle_error {"error":"EBADF"}
                dead.handle_close
                healthy.handle_read {"bytes":4}
                loop.cycle {"n":2}
                """, Map.of("map_size", 1, "healthy_got", 4));
    }

    @ParameterizedTest
    @EnumSource
    @Replays("close_all")
    void closeAllStopsAtAnExceptionUnlessItIgnoresAll(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        closeAll("EBADF", new ClosedChannelException(), false);
        closeAll("EIO", new SystemError("EIO"), false);
        closeAll("EIO", new SystemError("EIO"), true);
        closeAll("boom", new HookFailure("boom"), false);
        closeAll("boom", new HookFailure("boom"), true);
        closeAll("ExitNow", new ExitNow(), false);
        closeAll("ExitNow", new ExitNow(), true);
        scenario.assertAsRecorded();
    }

    private void closeAll(String failure, Exception thrown, boolean ignoreAll) throws IOException {
        List<Entry> all = List.of(new Entry("ok1", null), new Entry("thrower", thrown), new Entry("ok2", null));
        for (Entry entry : all) {
            scenario.loop().add(entry, scenario.pair().ours());
        }
        scenario.driver("case", "throws", failure, "ignore_all", ignoreAll);
        try {
            scenario.loop().closeAll(ignoreAll);
            scenario.driver("returned", "map_size", scenario.mapSize());
        } catch (RuntimeException e) {
            scenario.driver("raised", "error", ErrorNames.name(e), "map_size", scenario.mapSize());
        }
        all.forEach(scenario.loop()::remove);
    }

    /** A dispatcher that, unlike a real one, does not leave the loop when it closes. */
    private final class Entry implements Dispatcher {
        private final String who;
        private final @Nullable Exception failure;

        Entry(String who, @Nullable Exception failure) {
            this.who = who;
            this.failure = failure;
        }

        @Override
        public boolean readable() {
            return true;
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleReadEvent() {}

        @Override
        public void handleWriteEvent() {}

        @Override
        public void handleExptEvent() {}

        @Override
        public void handleClose() {}

        @Override
        public void handleError(Throwable cause) {}

        @Override
        public void close() throws IOException {
            if (failure == null) {
                scenario.trace().event(who, "close");
                return;
            }
            scenario.trace().event(who, "close", "throws", ErrorNames.name(failure));
            if (failure instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }
    }

    private static final class Plain extends SocketDispatcher {
        Plain(Scenario scenario, StreamChannel channel) {
            super(scenario.loop(), channel);
        }

        void callAll() throws Exception {
            handleExpt();
            handleRead();
            handleWrite();
            handleConnect();
            handleClose();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("default_hooks_log")
    @DiffersFromAsyncore(
            "log and log_info are SLF4J's; a default hook warns once for each dispatcher and event, then logs at debug")
    void defaultHooksWarnOnce(InterestPolicy policy) throws Exception {
        scenario.begin(policy);
        try (LogCapture log = new LogCapture(Plain.class)) {
            Plain plain = new Plain(scenario, scenario.pair().ours());
            plain.callAll();
            plain.callAll();
            log.record(scenario, "plain");
        }
        scenario.outcome("default_ignored", List.of());
        scenario.assertEvents("""
                plain.log {"level":"WARN","message":"unhandled incoming priority event"}
                plain.log {"level":"WARN","message":"unhandled read event"}
                plain.log {"level":"WARN","message":"unhandled write event"}
                plain.log {"level":"WARN","message":"unhandled connect event"}
                plain.log {"level":"WARN","message":"unhandled close event"}
                plain.log {"level":"DEBUG","message":"unhandled incoming priority event"}
                plain.log {"level":"DEBUG","message":"unhandled read event"}
                plain.log {"level":"DEBUG","message":"unhandled write event"}
                plain.log {"level":"DEBUG","message":"unhandled connect event"}
                plain.log {"level":"DEBUG","message":"unhandled close event"}
                """, Map.of("default_ignored", List.of()));
    }
}
