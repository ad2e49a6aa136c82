// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every server: its loop, and how it ends. */
public final class ServerOptions {
    @Mixin
    private final LoopOptions loop = new LoopOptions();

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "how long connections may go on sending after SIGTERM (default: ${DEFAULT-VALUE})")
    private int graceSeconds = 10;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    Loop open() {
        check(graceSeconds >= 0, "--grace must not be negative");
        return loop.open();
    }

    LoopGroup openGroup(int loops) {
        check(graceSeconds >= 0, "--grace must not be negative");
        check(loops > 0, "--loops must be positive");
        return loop.openGroup(loops);
    }

    private void check(boolean right, String usage) {
        if (!right && command != null) {
            throw new ParameterException(command.commandLine(), usage);
        }
    }

    Duration grace() {
        return Duration.ofSeconds(graceSeconds);
    }
}
