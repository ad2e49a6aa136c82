// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How much is measured where the command line does not say it.
 *
 * @param params the values of parameters; all values of those that are not named
 * @param iterations what each figure is made of, in one JVM; null for what the annotations say
 */
record Preset(Map<String, List<String>> params, @Nullable Iterations iterations) {
    /** About three minutes. */
    static final Preset PLAIN = new Preset(
            Map.of(
                    "load",
                    List.of("1x64", "64x64", "64x16384"),
                    "pending",
                    List.of("10000"),
                    "ahead",
                    List.of("1024"),
                    "lines",
                    List.of("16"),
                    "cut",
                    List.of("1", "1460")),
            new Iterations(1, 400, 3, 250));

    /** Everything, as the annotations of the benchmarks say. */
    static final Preset FULL = new Preset(Map.of(), null);

    /** Everything once, for an instant, in the smallest size: whether it works. */
    static final Preset SMOKE = new Preset(
            Map.of(
                    "n", List.of("100"),
                    "load", List.of("1x64"),
                    "pending", List.of("100"),
                    "ahead", List.of("1"),
                    "lines", List.of("1"),
                    "line", List.of("65536"),
                    "cut", List.of("1460"),
                    "spinMicros", List.of("50")),
            new Iterations(0, 1, 1, 20));

    record Iterations(int warmups, long warmupMillis, int measured, long measuredMillis) {}

    /** The values of a parameter, or all of them if this preset has no opinion. */
    List<String> values(String param, List<String> all) {
        return params.getOrDefault(param, all);
    }

    /** Sets what the command line left open. */
    void complete(ChainedOptionsBuilder builder, Options given) {
        if (iterations == null) {
            return;
        }
        if (!given.getForkCount().hasValue()) {
            builder.forks(1);
        }
        if (!given.getWarmupIterations().hasValue()) {
            builder.warmupIterations(iterations.warmups());
        }
        if (!given.getWarmupTime().hasValue()) {
            builder.warmupTime(TimeValue.milliseconds(iterations.warmupMillis()));
        }
        if (!given.getMeasurementIterations().hasValue()) {
            builder.measurementIterations(iterations.measured());
        }
        if (!given.getMeasurementTime().hasValue()) {
            builder.measurementTime(TimeValue.milliseconds(iterations.measuredMillis()));
        }
    }
}
