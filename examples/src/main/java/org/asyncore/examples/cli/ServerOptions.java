// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.time.Duration;
import org.asyncore.Loop;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every server: its loop, and how it ends. */
public final class ServerOptions {
    @Mixin
    private final LoopOptions loop = new LoopOptions();

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "how long connections may finish what they send after SIGTERM (default: ${DEFAULT-VALUE})")
    private int graceSeconds = 10;

    Loop open() {
        return loop.open();
    }

    Duration grace() {
        return Duration.ofSeconds(Math.max(0, graceSeconds));
    }
}
