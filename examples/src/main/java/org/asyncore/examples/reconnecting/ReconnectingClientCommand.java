// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.reconnecting;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.asyncore.Loop;
import org.asyncore.examples.cli.HostPort;
import org.asyncore.examples.cli.LoopOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps a connection to a server, whatever happens to it. */
@Command(
        name = "reconnecting-client",
        description = {
            "Sends a numbered line to a server in each period, and prints the lines of the server.",
            "Connects again when the server is lost: after a delay that doubles, and is half random.",
            "Ends by SIGTERM or SIGINT."
        })
public final class ReconnectingClientCommand implements Callable<Integer> {
    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Parameters(paramLabel = "HOST:PORT", converter = HostPort.Converter.class, description = "the server")
    private HostPort server = new HostPort("", 0);

    @Option(names = "--every", paramLabel = "MILLIS", description = "the period (default: ${DEFAULT-VALUE})")
    private long everyMillis = 1000;

    @Option(
            names = "--first-delay",
            paramLabel = "MILLIS",
            description = "the longest delay after the first failure (default: ${DEFAULT-VALUE})")
    private long firstMillis = 500;

    @Option(
            names = "--longest-delay",
            paramLabel = "MILLIS",
            description = "the limit of all delays; a connection that lasts so long ends a series of failures"
                    + " (default: ${DEFAULT-VALUE})")
    private long longestMillis = 30_000;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        if (everyMillis < 1 || firstMillis < 1 || longestMillis < firstMillis) {
            throw new ParameterException(
                    requireNonNull(command).commandLine(),
                    "the times must be positive, and the longest delay not shorter than the first");
        }
        Duration longest = Duration.ofMillis(longestMillis);
        BackOff backOff = new BackOff(Duration.ofMillis(firstMillis), longest, RandomGenerator.getDefault());
        try (Loop loop = options.open()) {
            ReconnectingClient client = new ReconnectingClient(loop, server, backOff, longest, System.out::println);
            loop.scheduleEvery(Duration.ofMillis(everyMillis), client::tick);
            loop.run();
        }
        return 0;
    }
}
