// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Jdks;
import org.asyncore.examples.support.Launch;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a program does the same on the class path and on the module path, without a warning by Java. */
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class LaunchIT {
    private final String poller;

    LaunchIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @ParameterizedTest
    @EnumSource
    void messageComesBackWithoutAWarning(Launch launch) throws Exception {
        for (Path jdk : Jdks.all()) {
            try (Program echo = Program.command(launch.command(jdk, "echo", "--poller", poller))) {
                assertEquals(
                        "the message came back whole: 701 bytes",
                        echo.outAfter(0).strip());
                assertTrue(echo.err().lines().noneMatch(line -> line.contains("WARN")), echo::err);
                assertTrue(echo.err().contains("LoggingEchoClient: RECEIVED COPY OF MESSAGE"), echo::err);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void pollersAreFoundWithoutAWarning(Launch launch) throws Exception {
        for (Path jdk : Jdks.all()) {
            try (Program pollers = Program.command(launch.command(jdk, "pollers", "--poller", poller))) {
                List<String> rows = pollers.outAfter(0).lines().sorted().toList();
                assertEquals(
                        List.of("NAME", "epoll", "kqueue", "nio"),
                        rows.stream().map(LaunchIT::name).toList());
                assertTrue(rows.stream().anyMatch(row -> row.matches(poller + " +\\d+ +\\* +yes")), rows::toString);
                assertEquals("", pollers.err());
            }
        }
    }

    private static String name(String row) {
        return row.replaceFirst(" .*", "");
    }
}
