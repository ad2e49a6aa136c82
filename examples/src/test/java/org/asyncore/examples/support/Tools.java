// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Skips tests whose tool is not installed. */
public final class Tools {
    private Tools() {}

    /**
     * Skips the test, visibly, if the tool is not installed, or fails it if the system property
     * {@code asyncore.tools.required} is true. Also fails it if {@code .ci/packages} lacks the tool, because CI would
     * not install it.
     */
    public static void require(String tool) {
        if (!listed().contains(tool)) {
            Assertions.fail(tool + " is not in .ci/packages");
        }
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        if (!found && Boolean.getBoolean("asyncore.tools.required")) {
            Assertions.fail(tool + " is not installed");
        }
        if (!found) {
            Assumptions.abort(tool + " is not installed");
        }
    }

    /** Returns the programs of {@code .ci/packages}. */
    public static Set<String> listed() {
        try (Stream<String> lines = Files.lines(Path.of("..", ".ci", "packages"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2)[0])
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
