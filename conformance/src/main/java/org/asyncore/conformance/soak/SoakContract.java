// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.asyncore.Loop;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.conformance.OpenDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Contract that thousands of connections leave nothing behind: no descriptor, no registration and no memory, and that
 * every byte that came back was right. Connections have random lengths, pauses and ends; many are cut or reset.
 *
 * <p>The system property {@code asyncore.soak.seconds} sets how long it takes, {@code asyncore.soak.connections} how many
 * connections there are at a time, and {@code asyncore.soak.seed} repeats the connections of a run.
 */
@Timeout(value = 365, unit = TimeUnit.DAYS) // as long as one likes; what hangs is found within minutes
public abstract class SoakContract {
    private static final int SECONDS = Integer.getInteger("asyncore.soak.seconds", 16);
    private static final int CONNECTIONS = Integer.getInteger("asyncore.soak.connections", 2_000);
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int WARM_UP_CONNECTIONS = 100;
    private static final int OTHER_DESCRIPTORS = 500;
    private static final long MORE_HEAP_BYTES = 1 << 20;
    private static final long MORE_DIRECT_BYTES = 1 << 20;

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @RegisterExtension
    final LoggedLines log = new LoggedLines(Level.WARN);

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected SoakContract() {}

    @Test
    void connectionsThatComeAndGoLeaveNothingBehind() throws IOException {
        long limit = OpenDescriptors.limit();
        assertTrue(
                limit >= 2L * CONNECTIONS + OTHER_DESCRIPTORS,
                () -> CONNECTIONS
                        + " connections need two descriptors each, and this process may open only " + limit
                        + ": run 'ulimit -n " + (2 * CONNECTIONS + OTHER_DESCRIPTORS)
                        + "' before Maven, or set -Dasyncore.soak.connections=" + (limit - OTHER_DESCRIPTORS) / 2);
        long seed = Long.getLong("asyncore.soak.seed", new Random().nextInt(Integer.MAX_VALUE));
        String run = "soak on " + backend.get().name() + " with -Dasyncore.soak.seed=" + seed;
        System.out.println(run + " begins: " + CONNECTIONS + " connections at a time for " + SECONDS + " s");
        CountingBackend counting = new CountingBackend(backend.get());
        try (Loop loop = Loop.builder().backend(counting).name("clients").open();
                SoakServers servers = new SoakServers(counting, seed, complaints)) {
            SoakClients clients = new SoakClients(loop, servers, seed, complaints);
            clients.run(WARM_UP_CONNECTIONS, WARM_UP);
            Footprint before = Footprint.measure(counting, servers);
            clients.run(CONNECTIONS, Duration.ofSeconds(SECONDS));
            Footprint after = before.await(MORE_HEAP_BYTES, MORE_DIRECT_BYTES, counting, servers);
            System.out.println(run + ": " + clients.begun() + " connections, " + clients.received()
                    + " bytes came back; " + before + "; afterwards " + after);
            assertEquals(List.of(), complaints, run);
            assertEquals(List.of(), log.lines(), run);
            assertTrue(
                    after.isWithin(before, MORE_HEAP_BYTES, MORE_DIRECT_BYTES),
                    () -> run + ": " + before + "; " + after);
        }
    }
}
