// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Says where a test may be skipped for want of a peer. */
final class Tools {
    private Tools() {}

    /**
     * Skips the test, visibly, if the tool is not installed; fails it if the system property
     * {@code asyncore.tools.required} says so.
     */
    static void require(String tool) {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        if (!found && Boolean.getBoolean("asyncore.tools.required")) {
            Assertions.fail(tool + " is not installed");
        }
        if (!found) {
            Assumptions.abort(tool + " is not installed");
        }
    }
}
