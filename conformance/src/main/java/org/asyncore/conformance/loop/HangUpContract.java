// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract that a reset or hang-up costs neither a turn nor a system call while its dispatcher has no interest. */
@Timeout(120)
public abstract class HangUpContract {
    private static final Path STRACE = Path.of("/usr/bin/strace");
    private static final int MAX_CALLS =
            1_000; // in half a second, also on the emulation; a loop that spins makes ten times as many

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected HangUpContract() {}

    @Test
    void hangUpsWithoutInterestCostNoTurn() throws IOException {
        assertEquals(1, new HangUpProgram(fixture.loop()).run());
    }

    @Test
    void hangUpsWithoutInterestCostNoSystemCall(@TempDir Path directory) throws Exception {
        boolean required = Boolean.getBoolean("asyncore.tools.required");
        Assumptions.assumeTrue(required || Files.isExecutable(STRACE), "no strace to count system calls with");
        Path calls = directory.resolve("calls");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        STRACE.toString(),
                        "-f",
                        "-o",
                        calls.toString(),
                        "-e",
                        "trace=epoll_wait,epoll_pwait,epoll_pwait2,epoll_ctl",
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HangUpProgram.class.getName(),
                        fixture.backend().name()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        long count = Files.readAllLines(calls).stream()
                .filter(line -> line.contains("epoll_"))
                .count();
        assertTrue(count > 0 && count < MAX_CALLS, () -> count + " system calls");
    }
}
