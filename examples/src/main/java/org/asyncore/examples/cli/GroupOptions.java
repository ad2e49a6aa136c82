// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a TCP server that can run in several loops. */
public final class GroupOptions {
    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Option(
            names = "--loops",
            paramLabel = "N",
            description =
                    "how many loops serve, each on a thread of its own; with --reuse-port each has a listener, too"
                            + " (default: ${DEFAULT-VALUE})")
    private int loops = 1;

    /**
     * Serves until SIGTERM or SIGINT, and returns the exit code.
     *
     * @param connectionBytes the most bytes that a connection keeps
     * @param opener opens a service for each loop
     */
    public int run(int connectionBytes, ListenOptions.ServiceOpener opener) throws IOException {
        return options.open(connectionBytes, loops, opener);
    }
}
