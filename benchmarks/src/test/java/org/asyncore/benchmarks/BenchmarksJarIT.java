// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The jar as a user has it, run for as short as it goes, so that no benchmark rots. */
final class BenchmarksJarIT {
    @TempDir
    static Path directory = Path.of("");

    @BeforeAll
    static void runOnce() throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djmh.ignoreLock=true", // nothing is measured here, so another run does no harm
                        "-jar",
                        System.getProperty("benchmarks.jar"),
                        "--smoke")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> read("output") + read("asyncore-benchmarks.log"));
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
