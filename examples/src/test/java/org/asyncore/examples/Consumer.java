// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.asyncore.examples.support.Launch;

/** Copies the projects of {@code src/test/consumer}, and fills a local repository with our artifacts for them. */
final class Consumer {
    /** The modules that are installed; the first is the parent. */
    private static final List<String> MODULES =
            List.of("", "api", "conformance", "backend-nio", "backend-unix", "backend-epoll", "backend-kqueue", "tls");

    private static final Path SOURCE = Path.of("src", "test", "consumer");
    private static final Path TARGET = Path.of("target", "consumer").toAbsolutePath();
    private static final Path REPOSITORY = TARGET.resolve("repository");
    private static final String VERSION = System.getProperty("asyncore.version", "");

    private Consumer() {}

    /** Makes a fresh copy of the projects, with {@code module-info} or without. */
    static Path project(Launch launch, Path jdk) throws IOException {
        Path copy = TARGET.resolve(launch + "-" + jdk.getFileName());
        delete(copy);
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (launch == Launch.MODULE_PATH || !file.endsWith("module-info.java")) {
                    Path to = copy.resolve(SOURCE.relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }

    /** Installs our artifacts as {@code mvn install} would, but in a repository that nothing else uses. */
    static void install() throws IOException {
        delete(REPOSITORY.resolve("org").resolve("asyncore"));
        for (String module : MODULES) {
            Path folder = Path.of("..", module);
            String name = "asyncore-" + (module.isEmpty() ? "parent" : module);
            Path to = REPOSITORY.resolve(Path.of("org", "asyncore", name, VERSION));
            Files.createDirectories(to);
            Files.copy(folder.resolve("pom.xml"), to.resolve(name + "-" + VERSION + ".pom"));
            if (!module.isEmpty()) {
                String jar = name + "-" + VERSION + ".jar";
                Files.copy(folder.resolve("target").resolve(jar), to.resolve(jar));
            }
        }
        Files.writeString(TARGET.resolve("settings.xml"), settings());
    }

    /** Returns settings by which Maven downloads from the local repository of this build. */
    private static String settings() {
        String repository = "<id>downloaded</id><url>"
                + Path.of(System.getProperty("asyncore.repository")).toUri()
                + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>"
                + "<snapshots><enabled>false</enabled></snapshots>";
        return "<settings><profiles><profile><id>consumer</id>"
                + "<repositories><repository>" + repository + "</repository></repositories>"
                + "<pluginRepositories><pluginRepository>" + repository + "</pluginRepository></pluginRepositories>"
                + "</profile></profiles><activeProfiles><activeProfile>consumer</activeProfile></activeProfiles></settings>";
    }

    /** Returns the command that compiles both projects with Maven. */
    static List<String> maven(Path project) {
        Path bin = Path.of(System.getProperty("maven.home"), "bin");
        Path windows = bin.resolve("mvn.cmd");
        return List.of(
                (Files.exists(windows) && !System.getProperty("path.separator").equals(":")
                                ? windows
                                : bin.resolve("mvn"))
                        .toString(),
                "-B",
                "-q",
                "-ntp",
                "-f",
                project.toString(),
                "-s",
                TARGET.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + REPOSITORY,
                "-Dasyncore.version=" + VERSION,
                "compile");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
