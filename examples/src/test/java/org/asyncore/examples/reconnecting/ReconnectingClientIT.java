// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.reconnecting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code reconnecting-client} with an {@code echo-server} that is killed and comes back. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class ReconnectingClientIT {
    private final String poller;

    ReconnectingClientIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void linesArriveAgainWhenTheServerComesBack(String policy) throws Exception {
        Program first = Program.example("echo-server", "--poller", poller);
        try (first) {
            String port = first.port();
            try (Program client = client(policy, port)) {
                long before = tick(client);
                first.kill();
                client.awaitErr("cannot connect to localhost:" + port);
                try (Program second = Program.example("echo-server", "--poller", poller, "--port", port)) {
                    assertEquals(port, second.port());
                    awaitGap(client, before);
                }
            }
        }
    }

    private Program client(String policy, String port) throws Exception {
        return Program.example(
                "reconnecting-client",
                "--poller",
                poller,
                "--policy",
                policy,
                "--every",
                "20",
                "--first-delay",
                "10",
                "--longest-delay",
                "200",
                "localhost:" + port);
    }

    /**
     * Reads lines until one shows that others before it were not sent, because there was no connection.
     *
     * @param last the number in the last line that was read
     */
    private static void awaitGap(Program client, long last) throws Exception {
        long next = tick(client);
        while (next == last + 1) {
            last = next;
            next = tick(client);
        }
    }

    /** Returns the number in the next line that has come back. */
    private static long tick(Program client) throws Exception {
        return Long.parseLong(client.lineLike("tick \\d+").substring("tick ".length()));
    }
}
