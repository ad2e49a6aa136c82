// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the output of the program {@code echo}. */
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class EchoIT {
    private final String poller;

    EchoIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @Test
    void messageComesBackWhole() throws Exception {
        try (Program echo = Program.example("echo", "--poller", poller)) {
            assertEquals(
                    "the message came back whole: 701 bytes", echo.outAfter(0).strip());
            assertTrue(echo.err().contains("LoggingEchoClient: RECEIVED COPY OF MESSAGE"), echo::err);
        }
    }

    /** Compares without the order, because an event may come a turn earlier or later at one end of a connection. */
    @Test
    void everyHookIsLoggedAsInPython() throws Exception {
        try (Program echo = Program.example("echo", "--poller", poller)) {
            echo.outAfter(0);
            List<String> hooks = echo.err()
                    .lines()
                    .filter(line -> line.matches("LoggingEcho\\w+: (handle_|[A-Z]{2}).*"))
                    .map(line -> line.replaceAll("( ->)? [\"/].*", ""))
                    .sorted()
                    .toList();
            assertEquals(RECORDED.lines().sorted().toList(), hooks);
        }
    }

    /** The hooks of the recorded scenario seed_echo, and the result, which is logged before the last hook. */
    private static final String RECORDED = """
            LoggingEchoServer: handle_accept()
            LoggingEchoServer: handle_close()
            LoggingEchoClient: handle_connect()
            LoggingEchoClient: handle_write() -> (512)
            LoggingEchoHandler: handle_read() -> (256)
            LoggingEchoClient: handle_write() -> (189)
            LoggingEchoHandler: handle_read() -> (256)
            LoggingEchoHandler: handle_write() -> (256)
            LoggingEchoClient: handle_read() -> (256)
            LoggingEchoHandler: handle_read() -> (189)
            LoggingEchoHandler: handle_write() -> (256)
            LoggingEchoClient: handle_read() -> (256)
            LoggingEchoHandler: handle_write() -> (189)
            LoggingEchoHandler: handle_close()
            LoggingEchoClient: handle_read() -> (189)
            LoggingEchoClient: handle_close()
            LoggingEchoClient: RECEIVED COPY OF MESSAGE
            LoggingEchoClient: handle_read() -> (0)
            """;
}
