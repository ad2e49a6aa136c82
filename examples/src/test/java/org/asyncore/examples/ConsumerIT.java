// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.asyncore.examples.support.Jdks;
import org.asyncore.examples.support.Launch;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a user's program compiles without a warning and runs, as a module and without, on every installed JDK. */
final class ConsumerIT {
    @BeforeAll
    static void install() throws IOException {
        Consumer.install();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLASS_PATH", "MODULE_PATH"})
    void programCompilesByJavacWithoutAWarningAndRuns(Launch launch) throws Exception {
        for (Path jdk : Jdks.all()) {
            Path project = Consumer.project(launch, jdk);
            assertCompiles(javac(launch, jdk, project.resolve("app"), Launch.libraryJars()), Map.of());
            assertRuns(launch, jdk, project);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLASS_PATH", "MODULE_PATH"})
    void subclassOfAContractCompilesByJavacWithoutAWarning(Launch launch) throws Exception {
        for (Path jdk : Jdks.all()) {
            Path suite = Consumer.project(launch, jdk).resolve("suite");
            assertCompiles(javac(launch, jdk, suite, Launch.allJars()), Map.of());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLASS_PATH", "MODULE_PATH"})
    void projectsCompileByMavenWithoutAWarningAndRun(Launch launch) throws Exception {
        for (Path jdk : Jdks.all()) {
            Path project = Consumer.project(launch, jdk);
            assertCompiles(Consumer.maven(project), Map.of("JAVA_HOME", jdk.toString()));
            assertRuns(launch, jdk, project);
        }
    }

    /** The build itself does not use {@code -Xlint:exports}, because that would warn about JSpecify. */
    @ParameterizedTest
    @ValueSource(strings = {"api", "tls", "conformance"})
    void exportedSignaturesNameOnlyExportedTypes(String module) throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        Path sources = Path.of("..", module, "src", "main", "java");
        Path classes = Path.of("target", "consumer", module);
        List<String> command = javac(jdk, sources, "-p", Launch.allJars(), classes);
        command.addAll(List.of("-Xlint:exports", "-Xmaxwarns", "9999"));
        try (Program javac = Program.command(command)) {
            javac.outAfter(0);
            assertEquals(
                    List.of(),
                    javac.err()
                            .lines()
                            .filter(line -> line.contains("[exports]") && !line.contains("in module org.jspecify"))
                            .toList());
        }
    }

    private static List<String> javac(Launch launch, Path jdk, Path project, String jars) throws IOException {
        List<String> command =
                javac(jdk, project, launch == Launch.MODULE_PATH ? "-p" : "-cp", jars, Path.of(classes(project)));
        command.addAll(List.of("-Xlint:all", "-Werror"));
        return command;
    }

    private static List<String> javac(Path jdk, Path folder, String option, String jars, Path classes)
            throws IOException {
        String javac = jdk.resolve("bin").resolve("javac").toString();
        List<String> command = new ArrayList<>(List.of(javac, option, jars, "-d", classes.toString()));
        try (Stream<Path> sources = Files.walk(folder)) {
            sources.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .sorted()
                    .forEach(command::add);
        }
        return command;
    }

    private static String classes(Path project) {
        return project.resolve("target").resolve("classes").toString();
    }

    private static void assertCompiles(List<String> command, Map<String, String> environment) throws Exception {
        try (Program program = Program.command(command, environment)) {
            assertFalse(program.outAfter(0).contains("WARNING"), "Maven has printed a warning");
        }
    }

    private static void assertRuns(Launch launch, Path jdk, Path project) throws Exception {
        List<String> command = launch.consumer(jdk, "app", "app.Main", classes(project.resolve("app")));
        try (Program program = Program.command(command)) {
            assertEquals("hello on", program.outAfter(0).replaceFirst(" [a-z]+\\R", ""));
        }
    }
}
