// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One result, which is a row of the table.
 *
 * @param benchmark class and method: {@code Dispatch.turn}
 * @param params all parameters except the subject
 * @param error half the width of JMH's 99.9 % interval, or null if JMH gives none
 * @param bytesPerOp the bytes that all threads allocated for one operation, or null if they were not measured
 * @param cpuNanosPerOp the CPU time of the server's thread for one operation, or null if there is no server
 */
record Figure(
        String benchmark,
        Map<String, String> params,
        String subject,
        double score,
        @Nullable Double error,
        String unit,
        @Nullable Double bytesPerOp,
        @Nullable Double cpuNanosPerOp) {

    static Figure of(RunResult result) {
        BenchmarkParams run = result.getParams();
        Map<String, String> params = new TreeMap<>();
        run.getParamsKeys().forEach(key -> params.put(key, run.getParam(key)));
        String subject = String.valueOf(params.remove("subject"));
        String name = run.getBenchmark();
        String benchmark = name.substring(name.indexOf(".jmh.") + 5).replace("Benchmark", "");
        Result<?> primary = result.getPrimaryResult();
        Double cpu = secondary(result, "serverCpuNanos");
        return new Figure(
                benchmark,
                params,
                subject,
                primary.getScore(),
                Double.isNaN(primary.getScoreError()) ? null : primary.getScoreError(),
                unit(benchmark),
                secondary(result, "gc.alloc.rate.norm"),
                cpu == null ? null : cpu / primary.getScore());
    }

    private static @Nullable Double secondary(RunResult result, String name) {
        Result<?> found = result.getSecondaryResults().get(name);
        return found == null ? null : found.getScore();
    }

    private static String unit(String benchmark) {
        return switch (benchmark.substring(0, benchmark.indexOf('.'))) {
            case "Dispatch" -> "ns/event";
            case "Ask" -> "ns/dispatcher";
            case "Interest" -> "ns/change";
            case "Registration" -> "ns/socket";
            case "Timer", "TimerFire" -> "ns/timer";
            case "Search" -> "ns/byte";
            case "Wakeup" -> "tasks/s";
            default -> "messages/s";
        };
    }

    /** Returns the parameters as text. */
    String setting() {
        return params.entrySet().stream()
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(", "));
    }
}
