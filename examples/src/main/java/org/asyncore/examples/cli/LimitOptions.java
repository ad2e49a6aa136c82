// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every server takes that has connections: how many. */
public final class LimitOptions {
    /** For {@code --help}, after how much a connection may keep. */
    public static final String KIB = " KiB at most for a connection that does not read.";

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description =
                    "how many connections there may be; more wait (default: as many as two thirds of the heap hold)")
    private @Nullable Integer most;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    /** How many there may be if each keeps that much. */
    public int connections(int connectionBytes) {
        if (most != null && most < 1 && command != null) {
            throw new ParameterException(command.commandLine(), "--max-connections is positive");
        }
        long fitting = Runtime.getRuntime().maxMemory() / 3 * 2 / connectionBytes;
        return most != null ? most : (int) Math.max(1, Math.min(fitting, Integer.MAX_VALUE));
    }
}
