// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is asked and served in a turn, in what order, and how many turns there are. */
public abstract class TurnTracesContract {
    @RegisterExtension
    final Stage stage = new Stage();

    /** For a backend's tests. */
    protected TurnTracesContract() {}

    /** A probe that does something after it has read. */
    private final class Reader extends Probe {
        private final Runnable then;

        Reader(String who, Pair pair, Runnable then) {
            super(stage, who, pair.ours());
            this.then = then;
        }

        @Override
        public void handleRead() throws IOException {
            super.handleRead();
            then.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_read_write_order")
    void readsComeBeforeWritesInTheOrderOfJoining(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        for (String who : List.of("a", "b", "c")) {
            Probe probe = new Probe(stage, who, stage.pairThatSent("data").ours());
            probe.out = "back";
            probe.recordsPredicates = true;
        }
        stage.cycles(1);
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_close_in_read")
    void whoClosesInReadIsNotWritten(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Pair pair = stage.pairThatSent("data");
        Probe closer = new Probe(stage, "self_closer", pair.ours()) {
            @Override
            public void handleRead() throws IOException {
                super.handleRead();
                close();
            }
        };
        closer.out = "back";
        stage.cycles(2);
        stage.outcome("unsent", closer.out.length(), "map_size", stage.mapSize());
        stage.outcome("peer_got", pair.peer().receiveAll().length());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_sibling_closed")
    void whomASiblingClosesGetsNothingMore(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Pair first = stage.pairThatSent("data");
        Pair second = stage.pairThatSent("data");
        List<Probe> victim = new ArrayList<>();
        Reader a = new Reader("a", first, () -> {
            victim.get(0).close();
            stage.trace().event("a", "closed_sibling");
        });
        Probe b = new Probe(stage, "b", second.ours());
        b.out = "back";
        victim.add(b);
        stage.cycles(1);
        stage.quietCycles(1);
        stage.outcome("b_connected", b.connected(), "b_got", b.got.length(), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
        a.close();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_stale_write")
    void writeThatASiblingMadeNeedlessStillHappens(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Pair first = stage.pairThatSent("data");
        List<Probe> target = new ArrayList<>();
        Reader a = new Reader("a", first, () -> target.get(0).out = "");
        Probe b = new Probe(stage, "b", stage.pair().ours());
        b.out = "back";
        target.add(b);
        a.recordsPredicates = true;
        b.recordsPredicates = true;
        stage.cycles(1);
        stage.quietCycles(1);
        stage.outcome("b_connected", b.connected(), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_write_enabled_by_sibling")
    void writeThatASiblingMadePossibleWaitsForTheNextTurn(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Pair first = stage.pairThatSent("0123456789");
        Pair second = stage.pair();
        List<Probe> probes = new ArrayList<>();
        probes.add(new Reader("a", first, () -> {
            probes.get(1).out += probes.get(0).got;
            probes.get(0).got = "";
            stage.loop().refresh(probes.get(1)); // what ON_CHANGE wants to be told
        }));
        probes.add(new Probe(stage, "b", second.ours()));
        probes.forEach(probe -> probe.recordsPredicates = true);
        stage.cycles(2);
        stage.quietCycles(1);
        stage.outcome("peer_of_b_got", second.peer().receive(10));
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("channel_removed_and_restored")
    @Departs("a channel is registered with one poller at a time, so it cannot live in two loops")
    void dispatcherThatLeftIsNotAskedUntilItIsBack(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Pair pair = stage.pairThatSent("data");
        Probe away = new Probe(stage, "away", pair.ours());
        away.recordsPredicates = true;
        Probe quiet = new Probe(stage, "quiet", stage.pair().ours());
        away.delChannel();
        stage.driver("step", "call", "del_channel", "map_size", stage.mapSize());
        stage.quietCycles(1);
        away.setSocket(pair.ours());
        stage.driver("step", "call", "set_socket", "map_size", stage.mapSize());
        stage.cycles(1);
        try (Loop second = Loop.builder().backend(stage.backend()).open()) {
            joinSecond(second, away, pair);
            pair.peer().send("more");
            stage.cycles(1);
            away.close();
            stage.outcome("got", away.got, "map_size", stage.mapSize());
            stage.outcome("second_map_size", second.dispatchers().size());
            second.remove(away);
        }
        stage.cameOutInstead(restored(policy), Map.of("second_map_size", 0));
        quiet.close();
    }

    private void joinSecond(Loop second, Probe away, Pair pair) {
        try {
            second.add(away, pair.ours());
        } catch (IllegalStateException e) {
            stage.trace().event("loop", "raised", "error", Errors.name(e));
        }
        stage.driver("also_in_second", "map_size", second.dispatchers().size());
    }

    private static String restored(InterestPolicy policy) {
        String all = """
                driver.step {"call":"del_channel","map_size":1}
                loop.cycle {"n":1}
                driver.step {"call":"set_socket","map_size":2}
                loop.cycle {"n":2}
                away.readable {"result":true}
                away.writable {"result":false}
                away.handle_read {"bytes":4}
                loop.raised {"error":"IllegalStateException"}
                driver.also_in_second {"map_size":0}
                loop.cycle {"n":3}
                away.readable {"result":true}
                away.writable {"result":false}
                away.handle_read {"bytes":4}
                """;
        return policy == InterestPolicy.EVERY_TURN ? all : all.replaceAll("(?m)^away.(read|writ)able.*\n", "");
    }

    @ParameterizedTest
    @EnumSource
    @Replays("loop_count")
    void runMakesThatManyTurnsAndNoneWithoutDispatchers(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Writer writer = new Writer(stage.pair());
        for (int count : new int[] {3, 0, -1, 10}) {
            stage.driver("loop", "count", count);
            stage.loop().run(Duration.ofSeconds(1), count);
            stage.driver("returned", "map_size", stage.mapSize());
        }
        stage.outcome("writes", writer.calls);
        stage.cameOutAsRecorded();
    }

    private final class Writer extends Probe {
        int calls;

        Writer(Pair pair) {
            super(stage, "writer", pair.ours());
        }

        @Override
        public boolean readable() {
            return false;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void handleWrite() throws IOException {
            calls++;
            event("handle_write", "sent", send(new byte[] {'x'}));
            if (calls == 5) {
                close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("loop_empty_map")
    void runOverNothingReturnsAtOnce(InterestPolicy policy) {
        stage.begin(policy);
        timed("loop(timeout=30)", () -> stage.loop().run());
        timed("loop(timeout=30, count=5)", () -> stage.loop().run(Stage.PATIENCE, 5));
        timed("poll(timeout=30)", () -> stage.loop().runOnce(Stage.PATIENCE));
        stage.cameOutAsRecorded();
    }

    private void timed(String call, Runnable run) {
        long begin = System.nanoTime();
        run.run();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        stage.driver("returned", "call", call, "quick", took.compareTo(Stage.PATIENCE.dividedBy(2)) < 0);
    }

    @ParameterizedTest
    @EnumSource
    @Replays("loop_idle_sleep")
    void loopSleepsWhenNobodyWaitsForAnything(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Shy shy = new Shy(stage.pairThatSent("data"));
        long begin = System.nanoTime();
        stage.loop().run(Duration.ofMillis(100), 2);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        stage.outcome("at_least_two_timeouts", millis >= 200, "under_two_seconds", millis < 20_000); // generous
        stage.cameOutAsRecorded();
        shy.close();
    }

    private final class Shy extends Probe {
        Shy(Pair pair) {
            super(stage, "shy", pair.ours());
        }

        @Override
        public boolean readable() {
            event("readable", "result", false);
            return false;
        }

        @Override
        public boolean writable() {
            event("writable", "result", false);
            return false;
        }
    }
}
