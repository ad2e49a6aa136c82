// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.asyncore.benchmarks.contenders.Subjects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Tests the jar that users run, by the shortest run of every benchmark. */
final class BenchmarksJarIT {
    @TempDir
    static Path directory = Path.of("");

    @BeforeAll
    static void runOnce() throws Exception {
        assertEquals(0, run("--smoke"), () -> read("output") + read("asyncore-benchmarks.log"));
    }

    private static int run(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djmh.ignoreLock=true", // nothing is measured here, so another run does no harm
                "-jar",
                System.getProperty("benchmarks.jar")));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("output").toFile()))
                .start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.MINUTES), "the benchmarks did not end in 30 minutes");
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    @Test
    void runThatMeasuresNothingFailsAndLeavesTheLastReport() throws Exception {
        assertFailsAndLeavesTheReport("nothing was measured", "NoSuch");
        assertFailsAndLeavesTheReport("nothing was measured", "--smoke", "-p", "subject=nosuch");
        assertFailsAndLeavesTheReport(
                "every run failed", "--smoke", "SearchBenchmark", "-f", "1", "-jvmArgs", "-XX:+NoSuchFlag");
    }

    @Test
    void reportThatCannotBeWrittenFailsBeforeAnythingIsMeasured() throws Exception {
        Files.createDirectories(directory.resolve("folder"));
        assertFailsAndLeavesTheReport("it is a directory", "--smoke", "-rff", "folder");
        assertFailsAndLeavesTheReport("cannot write into", "--smoke", "-rff", "no/such/folder.csv");
    }

    private static void assertFailsAndLeavesTheReport(String message, String... args) throws Exception {
        String output = read("output");
        String json = read("asyncore-benchmarks.json");
        String html = read("asyncore-benchmarks.html");
        assertEquals(1, run(args), () -> read("output"));
        assertTrue(read("output").contains(message), () -> read("output"));
        assertEquals(json, read("asyncore-benchmarks.json"));
        assertEquals(html, read("asyncore-benchmarks.html"));
        Files.writeString(directory.resolve("output"), output);
    }

    @Test
    void everyBenchmarkHasFigures() {
        Set<String> missing = new HashSet<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())) {
            missing.add(entry.getUsername());
        }
        assertTrue(missing.size() > 8, () -> "found only " + missing);
        for (JsonElement result :
                JsonParser.parseString(read("asyncore-benchmarks.json")).getAsJsonArray()) {
            missing.remove(result.getAsJsonObject().get("benchmark").getAsString());
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyPollerOfThisHostHasFigures() {
        JsonArray results =
                JsonParser.parseString(read("asyncore-benchmarks.json")).getAsJsonArray();
        Set<String> measured = new HashSet<>();
        for (JsonElement result : results) {
            String subject = result.getAsJsonObject()
                    .getAsJsonObject("params")
                    .get("subject")
                    .getAsString();
            measured.add(Subjects.poller(subject));
        }
        Subjects.pollers().forEach((poller, cause) -> assertEquals(cause == null, measured.contains(poller), poller));
    }

    @Test
    void tableHasTheHostAndTheRatios() {
        String output = read("output");
        assertTrue(output.contains("- processor: "), output);
        assertTrue(output.contains("| Dispatch.turn | n=100 | nio/on-change | "), output);
    }

    @Test
    void reportNeedsNoNetwork() {
        String page = read("asyncore-benchmarks.html");
        assertTrue(page.contains("const report = {"));
        assertTrue(page.contains("echarts"));
        assertTrue(page.lines().noneMatch(line -> line.contains("<script src") || line.contains("<link")));
    }

    private static String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            return "no " + file + "\n";
        }
    }
}
