// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

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
 * (JMH's) and {@code .log}. Without arguments it takes about three minutes. With {@code --full} it runs all, and with
 * {@code --smoke} it checks whether each benchmark works. Every option of JMH works, too. If nothing could be measured, it
 * exits with 1 and leaves the last report as it is.
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
        given = new CommandLineOptions(BenchmarkPlan.withoutPreset(args));
        host = HostDescription.describe(("java -jar benchmarks.jar " + String.join(" ", args)).strip());
    }

    /** Runs the command. */
    public static void main(String[] args) throws Exception {
        Main main = new Main(args);
        if (main.onlyPrintsInformation()) {
            org.openjdk.jmh.Main.main(BenchmarkPlan.withoutPreset(args));
        } else {
            main.run();
        }
    }

    private boolean onlyPrintsInformation() {
        return given.shouldHelp()
                || given.shouldList()
                || given.shouldListWithParams()
                || given.shouldListProfilers()
                || given.shouldListResultFormats();
    }

    private void run() throws Exception {
        List<BenchmarkPlan.Job> jobs = new BenchmarkPlan(preset, given).jobs(format(System.err, VerboseMode.SILENT));
        int cells = jobs.stream().mapToInt(BenchmarkPlan.Job::cells).sum();
        if (cells == 0) {
            fail(
                    "nothing was measured: no benchmark that can run here has this name and these parameters; -lp lists all");
        }
        for (Path file : reports()) {
            OutputFile.check(file);
        }
        List<RunResult> results;
        try (PrintStream log = log()) {
            results = run(jobs, format(log, given.verbosity().orElse(VerboseMode.NORMAL)));
        }
        if (results.isEmpty()) {
            fail("nothing was measured, and no report was written: every run failed, as " + NAME + ".log shows");
        }
        List<Figure> figures = new ArrayList<>();
        results.forEach(result -> figures.add(Figure.of(result)));
        if (given.getIncludes().isEmpty()) {
            countSystemCalls(figures);
        }
        writeReports(results, sorted(figures));
        if (results.size() < cells) {
            fail((cells - results.size()) + " of " + cells + " figures are missing, as " + NAME + ".log shows");
        }
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }

    private static OutputFormat format(PrintStream to, VerboseMode mode) {
        return OutputFormatFactory.createFormatInstance(to, mode);
    }

    /** Returns the files that are written after all has been measured. They are checked before. */
    private List<Path> reports() {
        List<Path> files = new ArrayList<>(List.of(Path.of(NAME + ".json"), Path.of(NAME + ".html")));
        if (wantsResult()) {
            files.add(resultFile());
        }
        return files;
    }

    private boolean wantsResult() {
        return given.getResult().hasValue() || given.getResultFormat().hasValue();
    }

    private ResultFormatType resultType() {
        return given.getResultFormat().orElse(ResultFormatType.CSV);
    }

    private Path resultFile() {
        return Path.of(
                given.getResult().orElse("jmh-result." + resultType().name().toLowerCase(Locale.ROOT)));
    }

    private PrintStream log() throws IOException {
        if (given.getOutput().hasValue()) {
            return new PrintStream(given.getOutput().get(), StandardCharsets.UTF_8);
        }
        return given.verbosity().hasValue()
                ? System.out
                : new PrintStream(new FileOutputStream(NAME + ".log"), true, StandardCharsets.UTF_8);
    }

    private static List<RunResult> run(List<BenchmarkPlan.Job> jobs, OutputFormat output) throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (BenchmarkPlan.Job job : jobs) {
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

    private void writeReports(List<RunResult> results, List<Figure> figures) throws Exception {
        OutputFile.write(Path.of(NAME + ".json"), file -> write(ResultFormatType.JSON, results, file));
        if (wantsResult()) {
            OutputFile.write(resultFile(), file -> write(resultType(), results, file));
        }
        OutputFile.write(Path.of(NAME + ".html"), new HtmlReport(host, figures)::write);
        host.forEach((key, value) -> System.out.println("- " + key + ": " + value));
        System.out.println();
        System.out.print(new MarkdownTable(figures));
    }

    private static void write(ResultFormatType type, List<RunResult> results, Path file) {
        ResultFormatFactory.getInstance(type, file.toString()).writeOut(results);
    }

    private static List<Figure> sorted(Collection<Figure> figures) {
        List<Figure> sorted = new ArrayList<>(figures);
        sorted.sort(Comparator.comparingInt(figure -> ORDER.indexOf(figure.benchmark())));
        return sorted;
    }
}
