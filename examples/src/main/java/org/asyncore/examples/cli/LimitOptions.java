// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that limits the connections of a server. */
public final class LimitOptions {
    /** For {@code --help}, after the number of KiB that a connection keeps. */
    public static final String KIB_PER_CONNECTION = " KiB at most for a connection that does not read.";

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description =
                    "the most connections at a time; more clients wait (default: as two thirds of the heap allow)")
    private @Nullable Integer most;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Returns the limit, for connections that keep this many bytes each. */
    public int connections(int connectionBytes) {
        if (most != null && most < 1 && command != null) {
            throw new ParameterException(command.commandLine(), "--max-connections must be positive");
        }
        long fitting = Runtime.getRuntime().maxMemory() / 3 * 2 / connectionBytes;
        return most != null ? most : (int) Math.max(1, Math.min(fitting, Integer.MAX_VALUE));
    }
}
