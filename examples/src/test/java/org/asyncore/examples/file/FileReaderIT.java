// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code file-reader} with files, and at the end of a shell's pipe. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no shell, and lines end otherwise")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class FileReaderIT {
    private final String poller;

    FileReaderIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    @Test
    void fileIsReadInBlocks() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "x".repeat(701));
        try (Program reader = Program.example("file-reader", "--poller", poller, file.toString())) {
            assertEquals(block(256) + block(256) + block(189) + block(0), reader.outAfter(0));
        }
    }

    @Test
    void pipeIsReadInBlocks() throws Exception {
        try (Program shell = shell("for i in 1 2 3; do printf 'block %s, ' $i; sleep 0.1; done")) {
            String read = shell.outAfter(0).replaceAll("READ: \\(\\d+\\) \"|\"\n", "");
            assertEquals("block 1, block 2, block 3, ", read);
        }
    }

    @Test
    void binaryBytesArriveUnchanged() throws Exception {
        try (Program shell = shell("printf '\\377\\000\\303'")) {
            assertEquals("READ: (3) \"\u00ff\0\u00c3\"\n" + block(0), shell.outAfter(0));
        }
    }

    @Test
    void megabyteIsReadThroughAPipe() throws Exception {
        try (Program shell = shell("head -c 1000000 /dev/zero")) {
            long bytes = shell.outAfter(0).chars().filter(c -> c == 0).count();
            assertEquals(1_000_000, bytes);
        }
    }

    private Program shell(String source) throws Exception {
        String reader = String.join(" ", Program.java()) + " file-reader --poller " + poller + " -";
        return Program.tool("sh", "-c", "(" + source + ") | " + reader);
    }

    private static String block(int bytes) {
        return "READ: (" + bytes + ") \"" + "x".repeat(bytes) + "\"\n";
    }
}
