// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.conformance.BackendUnderTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of loops while descriptors, heap, local ports or an address are gone. */
@Timeout(180)
public abstract class ShortageContract {
    private static final String SHELL = "/bin/sh";
    private static final String OWN_NETWORK = "exec unshare -rn sh -c 'ip link set lo up && exec \"$0\" \"$@\"' ";

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    /** Makes the contract, for the tests of a backend. */
    protected ShortageContract() {}

    /**
     * Runs a program with the poller under test, and returns what it has printed.
     *
     * @param before what a shell does before, the last command of which takes the program's as arguments
     */
    private String run(String before, List<String> options, Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SHELL, "-c", before + "\"$0\" \"$@\""));
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), program.getName()));
        command.add(backend.get().name());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), printed);
            return printed;
        } finally {
            process.destroy();
        }
    }

    private static void assumeShell() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(SHELL)), "no shell to set a limit with");
    }

    @Test
    void openingWithoutDescriptorsSaysWhatToDoAndLeavesTheLoopServing(@TempDir Path directory) throws Exception {
        assumeShell();
        Path file = Files.writeString(directory.resolve("file"), "text");
        run("ulimit -n 150 && exec ", List.of(), WithoutDescriptors.class, file.toString());
    }

    @Test
    void exhaustedHeapCostsAHookItsConnectionAndATaskItsLoop() throws Exception {
        assumeShell();
        String printed = run("exec ", List.of("-Xmx32m", "-XX:+UseSerialGC"), WithoutHeap.class);
        assertTrue(printed.contains("uncaptured exception, closing channel"), printed);
        assertTrue(printed.contains("of a group has failed, and is closed; the other loops go on"), printed);
    }

    @Test
    void connectingWithoutLocalPortsSaysWhatToDoAndLeavesTheLoopServing() throws Exception {
        assumeOwnNetwork();
        run(OWN_NETWORK, List.of(), WithoutPorts.class);
    }

    @Test
    void connectionWhoseAddressIsRemovedEndsByItsTimeLimit() throws Exception {
        assumeOwnNetwork();
        String printed = run(OWN_NETWORK, List.of(), WithoutAddress.class);
        assertTrue(printed.contains("time limit IDLE"), printed);
    }

    /** Skips the test unless a program may have a network of its own, as on Linux with user namespaces or for root. */
    private static void assumeOwnNetwork() throws IOException, InterruptedException {
        assumeShell();
        Process attempt = new ProcessBuilder(SHELL, "-c", OWN_NETWORK + "true")
                .redirectErrorStream(true)
                .start();
        String said = new String(attempt.getInputStream().readAllBytes(), UTF_8);
        Assumptions.assumeTrue(attempt.waitFor() == 0, "no network of its own for a program: " + said);
    }
}
