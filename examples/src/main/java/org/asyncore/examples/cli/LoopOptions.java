// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.LoopGroup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every program: its poller, and how its loop runs. */
public final class LoopOptions {
    @Option(
            names = "--poller",
            paramLabel = "NAME",
            description = "nio, epoll or kqueue (default: -Dasyncore.poller, or the best one that is available)")
    private @Nullable String poller;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "when dispatchers are asked what they wait for: every-turn (default) or on-change")
    private InterestPolicy policy = InterestPolicy.EVERY_TURN;

    @Option(
            names = "--spin",
            paramLabel = "MICROS",
            description = "how long to poll without blocking before each wait, in microseconds (default: not at all)")
    private int spinMicros;

    public Loop open() {
        return builder().open();
    }

    LoopGroup openGroup(int loops) {
        return builder().openGroup(loops);
    }

    private LoopBuilder builder() {
        LoopBuilder builder =
                Loop.builder().interestPolicy(policy).busyPoll(Duration.of(spinMicros, ChronoUnit.MICROS));
        return poller == null ? builder : builder.poller(poller);
    }
}
