// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.asyncore.conformance.BackendUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Contract that clients that are killed under load, by {@code kill -9}, leave nothing behind in a server, and no line in its
 * log. The system property {@code asyncore.kills} sets how many are killed.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
public abstract class KilledClientsContract {
    private static final int KILLS = Integer.getInteger("asyncore.kills", 300);
    private static final int WARM_UP = 50;
    private static final long MORE_HEAP_BYTES = 1 << 20;
    private static final long MORE_DIRECT_BYTES = 1 << 20;

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @RegisterExtension
    final LoggedLines log = new LoggedLines(Level.INFO);

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected KilledClientsContract() {}

    @Test
    void clientsThatAreKilledLeaveNothingBehindAndNoLineInTheLog() throws Exception {
        CountingBackend counting = new CountingBackend(backend.get());
        try (SoakServers servers = new SoakServers(counting, 0, complaints)) {
            kill(servers, WARM_UP);
            Footprint before = Footprint.measure(counting, servers);
            kill(servers, KILLS);
            Footprint after = before.await(MORE_HEAP_BYTES, MORE_DIRECT_BYTES, counting, servers);
            System.out.println(KILLS + " clients of " + backend.get().name() + " were killed: before " + before
                    + ", afterwards " + after);
            assertEquals(List.of(), complaints);
            assertEquals(List.of(), log.lines());
            assertTrue(after.isWithin(before, MORE_HEAP_BYTES, MORE_DIRECT_BYTES), () -> before + "; " + after);
        }
    }

    private static void kill(SoakServers servers, int count) throws IOException, InterruptedException {
        int port = ((InetSocketAddress) servers.address(false)).getPort();
        Process python = start(port, count);
        try (OutputStream program = python.getOutputStream();
                InputStream source = KilledClientsContract.class.getResourceAsStream("killed_clients.py")) {
            requireNonNull(source).transferTo(program);
        }
        String printed = new String(python.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, python.waitFor(), printed);
    }

    private static Process start(int port, int count) {
        ProcessBuilder python = new ProcessBuilder("python3", "-", Integer.toString(port), Integer.toString(count));
        try {
            return python.redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(Boolean.getBoolean("asyncore.tools.required"), "python3 is not installed: " + e);
            throw new AssertionError("python3 is required", e);
        }
    }
}
