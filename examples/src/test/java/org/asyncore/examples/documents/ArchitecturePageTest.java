// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that docs/architecture.md and its picture name classes that exist. */
final class ArchitecturePageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?`");
    private static final Pattern DRAWN = Pattern.compile("\\b[A-Z][a-z]+[A-Z]\\w+");
    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
    private static final List<String> FOREIGN = List.of(
            "java.lang", "java.nio.channels", "io.netty.channel", "io.netty.channel.unix", "io.netty.util.concurrent");

    private static Map<String, Path> sources = Map.of();

    @BeforeAll
    static void find() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().replace('\\', '/').contains("/src/"))
                    .collect(Collectors.toMap(ArchitecturePageTest::simpleName, file -> file, (a, b) -> a));
        }
    }

    private static String simpleName(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    @Test
    void classOrMethodThatThePageNamesExists() throws IOException {
        List<MatchResult> names =
                NAME.matcher(Pages.read("docs/architecture.md")).results().toList();
        assertTrue(names.size() > 100, () -> "found only " + names.size());
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> !exists(name.group(1), name.group(2)))
                        .map(MatchResult::group)
                        .toList());
    }

    private static boolean exists(String type, @Nullable String member) {
        Path source = sources.get(type);
        if (source == null) {
            return FOREIGN.stream().anyMatch(parent -> existsElsewhere(parent + "." + type, member));
        }
        try {
            return member == null
                    || Pattern.compile("\\b" + member + "\\b")
                            .matcher(Files.readString(source))
                            .find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean existsElsewhere(String type, @Nullable String member) {
        try {
            Method[] methods = Class.forName(type).getMethods();
            return member == null
                    || Arrays.stream(methods)
                            .anyMatch(method -> method.getName().equals(member));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void pictureShowsEveryModuleAndOnlyClassesThatExist() throws IOException {
        String picture = Files.readString(ROOT.resolve("docs").resolve("architecture.svg"));
        MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .forEach(module ->
                        assertTrue(picture.matches("(?s).*[>, ]" + module.group(1) + "[<,].*"), module.group()));
        List<String> drawn =
                DRAWN.matcher(picture).results().map(MatchResult::group).toList();
        assertTrue(drawn.contains("SocketDispatcher"), drawn::toString);
        assertEquals(
                List.of(), drawn.stream().filter(name -> !exists(name, null)).toList());
    }
}
