// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks that this host can run, prints a table, and writes {@code asyncore-benchmarks.html}, {@code .json}
 * (JMH's) and {@code .log}. Without arguments about three minutes; {@code --full} all; {@code --smoke} whether each works.
 * Every option of JMH works too.
 */
public final class Main {
    private static final String NAME = "asyncore-benchmarks";
    private static final List<String> ORDER = List.of(
            "Dispatch.turn",
            "Ask.ask",
            "Interest.change",
            "Registration.leaveAndJoin",
            "Echo.echo",
            "SystemCalls.echo",
            "Spin.echo",
            "Chat.lines",
            "Search.search",
            "Wakeup.one",
            "Wakeup.four",
            "Timer.scheduleAndCancel",
            "Timer.rearm",
            "TimerFire.fire");

    private final Preset preset;
    private final CommandLineOptions given;
    private final Map<String, String> host;

    private Main(String[] args) throws Exception {
        List<String> all = Arrays.asList(args);
        preset = all.contains("--full") ? Preset.FULL : all.contains("--smoke") ? Preset.SMOKE : Preset.PLAIN;
        given = new CommandLineOptions(Plan.withoutPreset(args));
        host = Host.describe(("java -jar benchmarks.jar " + String.join(" ", args)).strip());
    }

    /** The command. */
    public static void main(String[] args) throws Exception {
        Main main = new Main(args);
        if (main.onlyTells()) {
            org.openjdk.jmh.Main.main(Plan.withoutPreset(args));
        } else {
            main.run();
        }
    }

    private boolean onlyTells() {
        return given.shouldHelp()
                || given.shouldList()
                || given.shouldListWithParams()
                || given.shouldListProfilers()
                || given.shouldListResultFormats();
    }

    private void run() throws Exception {
        List<RunResult> results;
        int cells;
        try (PrintStream log = log()) {
            OutputFormat output = OutputFormatFactory.createFormatInstance(
                    log, given.verbosity().orElse(VerboseMode.NORMAL));
            List<Plan.Job> jobs = new Plan(preset, given).jobs(output);
            cells = jobs.stream().mapToInt(Plan.Job::cells).sum();
            results = run(jobs, output);
        }
        List<Figure> figures = new ArrayList<>();
        results.forEach(result -> figures.add(Figure.of(result)));
        if (given.getIncludes().isEmpty()) {
            countSystemCalls(figures);
        }
        tell(results, sorted(figures));
        if (results.size() < cells) {
            System.err.println(
                    (cells - results.size()) + " of " + cells + " figures are missing: see " + NAME + ".log");
            System.exit(1);
        }
    }

    private PrintStream log() throws IOException {
        if (given.getOutput().hasValue()) {
            return new PrintStream(given.getOutput().get(), StandardCharsets.UTF_8);
        }
        return given.verbosity().hasValue()
                ? System.out
                : new PrintStream(new FileOutputStream(NAME + ".log"), true, StandardCharsets.UTF_8);
    }

    private static List<RunResult> run(List<Plan.Job> jobs, OutputFormat output) throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (Plan.Job job : jobs) {
            System.err.println("[" + (jobs.indexOf(job) + 1) + "/" + jobs.size() + "] " + job.benchmark() + ", "
                    + job.cells() + " figures");
            results.addAll(new Runner(job.options(), output).run());
        }
        return results;
    }

    private void countSystemCalls(List<Figure> figures) throws Exception {
        String cause = SystemCalls.unavailability();
        host.put("system calls", cause == null ? "counted by perf" : "not counted: " + cause);
        if (cause == null) {
            SystemCalls counting = new SystemCalls(preset.equals(Preset.SMOKE) ? 0.05 : 0.5);
            for (String load : preset.values("load", List.of("1x64", "64x64"))) {
                System.err.println("system calls, " + load);
                figures.addAll(counting.count(load));
            }
        }
    }

    private void tell(List<RunResult> results, List<Figure> figures) throws Exception {
        ResultFormatFactory.getInstance(ResultFormatType.JSON, NAME + ".json").writeOut(results);
        if (given.getResult().hasValue() || given.getResultFormat().hasValue()) {
            ResultFormatType type = given.getResultFormat().orElse(ResultFormatType.CSV);
            String file = given.getResult().orElse("jmh-result." + type.name().toLowerCase(Locale.ROOT));
            ResultFormatFactory.getInstance(type, file).writeOut(results);
        }
        new Report(host, figures).write(Path.of(NAME + ".html"));
        host.forEach((key, value) -> System.out.println("- " + key + ": " + value));
        System.out.println();
        System.out.print(new Table(figures));
    }

    private static List<Figure> sorted(Collection<Figure> figures) {
        List<Figure> sorted = new ArrayList<>(figures);
        sorted.sort(Comparator.comparingInt(figure -> ORDER.indexOf(figure.benchmark())));
        return sorted;
    }
}
