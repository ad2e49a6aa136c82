// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs that are installed here. */
public final class Jdks {
    private Jdks() {}

    /**
     * Returns the running JDK, the one that the system property {@code asyncore.jdk} names, and those beside the
     * running one.
     */
    public static List<Path> all() throws IOException {
        Path running = Path.of(System.getProperty("java.home")).toRealPath();
        List<Path> homes = new ArrayList<>(List.of(running));
        Optional.ofNullable(System.getProperty("asyncore.jdk")).map(Path::of).ifPresent(homes::add);
        try (Stream<Path> beside = Files.list(running.resolveSibling(""))) {
            beside.sorted().filter(Jdks::isUsable).forEach(homes::add);
        }
        List<Path> real = new ArrayList<>();
        for (Path home : homes) {
            real.add(home.toRealPath());
        }
        return real.stream().distinct().toList();
    }

    private static boolean isUsable(Path home) {
        Path bin = home.resolve("bin");
        boolean compiles = Files.isExecutable(bin.resolve("javac")) || Files.isExecutable(bin.resolve("javac.exe"));
        return compiles && version(home) >= 17;
    }

    private static int version(Path home) {
        Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
            return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", ""))
                    .feature();
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            return 0; // not a JDK that states its version
        }
    }
}
