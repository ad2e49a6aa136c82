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

/** Contract of the scenarios of turns: their number, and the order in which dispatchers are asked and served. */
public abstract class TurnTracesContract {
    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected TurnTracesContract() {}

    /** A probe that does an action after each read. */
    private final class Reader extends Probe {
        private final Runnable then;

        Reader(String who, ScenarioConnection pair, Runnable then) {
            super(scenario, who, pair.ours());
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
    void readsPrecedeWritesInTheOrderOfJoining(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        for (String who : List.of("a", "b", "c")) {
            Probe probe = new Probe(scenario, who, scenario.pairThatSent("data").ours());
            probe.out = "back";
            probe.recordsPredicates = true;
        }
        scenario.cycles(1);
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_close_in_read")
    void dispatcherClosedInHandleReadIsNotWritten(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pairThatSent("data");
        Probe closer = new Probe(scenario, "self_closer", pair.ours()) {
            @Override
            public void handleRead() throws IOException {
                super.handleRead();
                close();
            }
        };
        closer.out = "back";
        scenario.cycles(2);
        scenario.outcome("unsent", closer.out.length(), "map_size", scenario.mapSize());
        scenario.outcome("peer_got", pair.peer().receiveAll().length());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_sibling_closed")
    void dispatcherClosedBySiblingIsSkipped(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection first = scenario.pairThatSent("data");
        ScenarioConnection second = scenario.pairThatSent("data");
        List<Probe> victim = new ArrayList<>();
        Reader a = new Reader("a", first, () -> {
            victim.get(0).close();
            scenario.trace().event("a", "closed_sibling");
        });
        Probe b = new Probe(scenario, "b", second.ours());
        b.out = "back";
        victim.add(b);
        scenario.cycles(1);
        scenario.quietCycles(1);
        scenario.outcome("b_connected", b.connected(), "b_got", b.got.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
        a.close();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_stale_write")
    void handleWriteIsCalledAfterASiblingEmptiedTheOutput(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection first = scenario.pairThatSent("data");
        List<Probe> target = new ArrayList<>();
        Reader a = new Reader("a", first, () -> target.get(0).out = "");
        Probe b = new Probe(scenario, "b", scenario.pair().ours());
        b.out = "back";
        target.add(b);
        a.recordsPredicates = true;
        b.recordsPredicates = true;
        scenario.cycles(1);
        scenario.quietCycles(1);
        scenario.outcome("b_connected", b.connected(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("cycle_write_enabled_by_sibling")
    void outputOfASiblingIsWrittenInTheNextTurn(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection first = scenario.pairThatSent("0123456789");
        ScenarioConnection second = scenario.pair();
        List<Probe> probes = new ArrayList<>();
        probes.add(new Reader("a", first, () -> {
            probes.get(1).out += probes.get(0).got;
            probes.get(0).got = "";
            scenario.loop().refresh(probes.get(1)); // which ON_CHANGE requires
        }));
        probes.add(new Probe(scenario, "b", second.ours()));
        probes.forEach(probe -> probe.recordsPredicates = true);
        scenario.cycles(2);
        scenario.quietCycles(1);
        scenario.outcome("peer_of_b_got", second.peer().receive(10));
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("channel_removed_and_restored")
    @DiffersFromAsyncore("a channel is registered with one poller at a time, so it cannot live in two loops")
    void dispatcherOutsideOfTheLoopIsNotAsked(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pairThatSent("data");
        Probe away = new Probe(scenario, "away", pair.ours());
        away.recordsPredicates = true;
        Probe quiet = new Probe(scenario, "quiet", scenario.pair().ours());
        away.delChannel();
        scenario.driver("step", "call", "del_channel", "map_size", scenario.mapSize());
        scenario.quietCycles(1);
        away.setSocket(pair.ours());
        scenario.driver("step", "call", "set_socket", "map_size", scenario.mapSize());
        scenario.cycles(1);
        try (Loop second = Loop.builder().backend(scenario.backend()).open()) {
            joinSecond(second, away, pair);
            pair.peer().send("more");
            scenario.cycles(1);
            away.close();
            scenario.outcome("got", away.got, "map_size", scenario.mapSize());
            scenario.outcome("second_map_size", second.dispatchers().size());
            second.remove(away);
        }
        scenario.assertEvents(restored(policy), Map.of("second_map_size", 0));
        quiet.close();
    }

    private void joinSecond(Loop second, Probe away, ScenarioConnection pair) {
        try {
            second.add(away, pair.ours());
        } catch (IllegalStateException e) {
            scenario.trace().event("loop", "raised", "error", ErrorNames.name(e));
        }
        scenario.driver("also_in_second", "map_size", second.dispatchers().size());
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
    void runMakesTheGivenTurnsAndNoneWithoutDispatchers(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Writer writer = new Writer(scenario.pair());
        for (int count : new int[] {3, 0, -1, 10}) {
            scenario.driver("loop", "count", count);
            scenario.loop().run(Duration.ofSeconds(1), count);
            scenario.driver("returned", "map_size", scenario.mapSize());
        }
        scenario.outcome("writes", writer.calls);
        scenario.assertAsRecorded();
    }

    private final class Writer extends Probe {
        int calls;

        Writer(ScenarioConnection pair) {
            super(scenario, "writer", pair.ours());
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
    void runWithoutDispatchersReturnsAtOnce(InterestPolicy policy) {
        scenario.begin(policy);
        timed("loop(timeout=30)", () -> scenario.loop().run());
        timed("loop(timeout=30, count=5)", () -> scenario.loop().run(Scenario.PATIENCE, 5));
        timed("poll(timeout=30)", () -> scenario.loop().runOnce(Scenario.PATIENCE));
        scenario.assertAsRecorded();
    }

    private void timed(String call, Runnable run) {
        long begin = System.nanoTime();
        run.run();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        scenario.driver("returned", "call", call, "quick", took.compareTo(Scenario.PATIENCE.dividedBy(2)) < 0);
    }

    @ParameterizedTest
    @EnumSource
    @Replays("loop_idle_sleep")
    void loopSleepsWithoutInterest(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Shy shy = new Shy(scenario.pairThatSent("data"));
        long begin = System.nanoTime();
        scenario.loop().run(Duration.ofMillis(100), 2);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        scenario.outcome("at_least_two_timeouts", millis >= 200, "under_two_seconds", millis < 20_000); // generous
        scenario.assertAsRecorded();
        shy.close();
    }

    private final class Shy extends Probe {
        Shy(ScenarioConnection pair) {
            super(scenario, "shy", pair.ours());
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
