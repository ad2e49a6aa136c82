// SPDX-License-Identifier: Apache-2.0
package org.asyncore.stress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs jcstress over the classes of this package, in a process of its own. The system property
 * {@code asyncore.stress.millis} sets how long each class is tried, and {@code asyncore.stress.tests} a part of the names
 * of those that are.
 */
@Timeout(7200)
final class StressTest {
    @TempDir
    Path directory;

    @Test
    void otherThreadsFindNoForbiddenOutcome() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), printed);
            assertTrue(printed.contains("0 failed, 0 soft errs, 0 hard errs"), printed);
        } finally {
            process.destroy();
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        Collections.addAll(command, java, "-cp", System.getProperty("java.class.path", ""));
        Collections.addAll(command, "org.openjdk.jcstress.Main");
        Collections.addAll(command, "-t", System.getProperty("asyncore.stress.tests", "org.asyncore.stress"));
        Collections.addAll(command, "-time", System.getProperty("asyncore.stress.millis", "200"));
        Collections.addAll(command, "-iters", "1", "-f", "1");
        Collections.addAll(command, "-strideSize", "16", "-strideCount", "4"); // few loops at a time
        Collections.addAll(command, "-sc", "false", "-af", "NONE");
        Collections.addAll(command, "-jvmArgs", jvmArgs());
        return command;
    }

    private static String jvmArgs() {
        String poller = System.getProperty("asyncore.poller");
        return "-ea" + (poller == null ? "" : " -Dasyncore.poller=" + poller);
    }
}
