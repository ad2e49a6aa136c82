// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncore.Loop;

/** The clients of a soak: as many at a time as one likes, in a loop that the test runs. */
final class SoakClients {
    private static final Duration AGES = Duration.ofDays(365);
    private static final Duration LONGEST_END = Duration.ofSeconds(90); // for the last ones, on the slowest machine
    private static final Duration TICK = Duration.ofMillis(20);
    private static final int BEGUN_PER_TURN = 50;

    private final Loop loop;
    private final SoakServers servers;
    private final long seed;
    private final List<String> complaints;
    private final Set<SoakClient> clients = new HashSet<>();
    private long begun;
    private long received;
    private boolean ending;

    SoakClients(Loop loop, SoakServers servers, long seed, List<String> complaints) {
        this.loop = loop;
        this.servers = servers;
        this.seed = seed;
        this.complaints = complaints;
    }

    Loop loop() {
        return loop;
    }

    /** Returns the number of connections that were begun. */
    long begun() {
        return begun;
    }

    /** Returns the number of bytes that came back. */
    long received() {
        return received;
    }

    /** Keeps this many connections open for this time, then lets them end. */
    void run(int connections, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < BEGUN_PER_TURN && clients.size() < connections; i++) {
                begin();
            }
            loop.runOnce(TICK);
        }
        ending = true;
        List.copyOf(clients).forEach(SoakClient::wake);
        awaitLast();
        ending = false;
    }

    private void begin() {
        SoakPlan plan = SoakPlan.of(seed, begun++);
        SoakClient client = new SoakClient(this, plan);
        clients.add(client);
        client.begin(servers.address(plan.rough()));
    }

    private void awaitLast() {
        long end = System.nanoTime() + LONGEST_END.toNanos();
        while (!clients.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                fail(clients.size() + " connections do not end: "
                        + clients.stream().limit(5).map(Object::toString).collect(Collectors.joining("\n")));
            }
            loop.runOnce(TICK);
        }
    }

    // Called by the clients.

    /** Returns how long a pause is. */
    Duration length(SoakPlan plan) {
        if (ending) {
            return Duration.ZERO;
        }
        return plan.pauseMillis() < 0 ? AGES : Duration.ofMillis(plan.pauseMillis());
    }

    void received(int bytes) {
        received += bytes;
    }

    void ended(SoakClient client) {
        clients.remove(client);
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }
}
