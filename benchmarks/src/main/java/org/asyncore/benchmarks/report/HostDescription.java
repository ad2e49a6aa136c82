// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.report;

import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.asyncore.benchmarks.contenders.Subjects;

/** Describes the host, because figures can be compared only on the same host. */
final class HostDescription {
    private HostDescription() {}

    static Map<String, String> describe(String command) {
        Map<String, String> host = new LinkedHashMap<>();
        host.put("date", LocalDate.now(ZoneId.systemDefault()).toString());
        host.put("command", command);
        host.put("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        host.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        host.put("JDK", property("java.vm.name") + " " + property("java.runtime.version"));
        host.put("Netty", netty());
        Subjects.pollers()
                .forEach((name, cause) ->
                        host.put("poller " + name, cause == null ? "available" : "not available: " + cause));
        host.put("descriptors", "at most " + BenchmarkPlan.descriptors());
        return host;
    }

    private static String property(String name) {
        return String.valueOf(System.getProperty(name));
    }

    private static String processor() {
        Path linux = Path.of("/proc/cpuinfo");
        try {
            if (Files.exists(linux)) {
                try (Stream<String> lines = Files.lines(linux)) {
                    return lines.filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElse("unknown");
                }
            }
            return SystemCommand.run("sysctl", "-n", "machdep.cpu.brand_string").strip();
        } catch (IOException e) {
            return "unknown"; // neither Linux nor macOS
        }
    }

    private static String netty() {
        return Version.identify().values().stream()
                .map(Version::artifactVersion)
                .findFirst()
                .orElse("unknown");
    }
}
