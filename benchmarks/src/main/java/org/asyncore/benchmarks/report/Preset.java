// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The parameters and iterations for options that the command line does not have.
 *
 * @param params the values of parameters; a parameter that is missing has all its values
 * @param iterations the iterations of each figure, in one JVM; null for those of the annotations
 */
record Preset(Map<String, List<String>> params, @Nullable Iterations iterations) {
    /** The default, which takes about three minutes. */
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

    /** All benchmarks and sizes, with the iterations of the annotations. */
    static final Preset FULL = new Preset(Map.of(), null);

    /** All benchmarks once, for an instant and in the smallest size, to check that they work. */
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

    /** Returns the values of a parameter, or all of them if this preset does not name it. */
    List<String> values(String param, List<String> all) {
        return params.getOrDefault(param, all);
    }

    /** Sets the options that the command line does not have. */
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
