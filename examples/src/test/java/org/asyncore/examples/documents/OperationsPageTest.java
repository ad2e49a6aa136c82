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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asyncore.LoopStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the tables of docs/operations.md. */
final class OperationsPageTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of(
            "api/src/main",
            "backend-nio/src/main",
            "backend-unix/src/main",
            "backend-epoll/src/main",
            "backend-kqueue/src/main",
            "tls/src/main",
            "metrics/src/main",
            "examples/src/main/java/org/asyncore/examples/proxyprotocol",
            "examples/src/main/java/org/asyncore/examples/cli/SystemdNotify.java",
            "examples/src/main/java/org/asyncore/examples/cli/SystemdSocket.java");

    /** A call that logs a literal at INFO or above, or at a level of its own. */
    private static final Pattern LOGGED =
            Pattern.compile("(?:log\\(\\)|LOG)\\.(?:atLevel\\([^)]*\\)\\.log|warn|error|info)\\(\\s*\"([^\"]*)\"");

    private static String page = "";
    private static String sources = "";

    @BeforeAll
    static void read() throws IOException {
        page = Pages.read("docs/operations.md");
        StringBuilder all = new StringBuilder();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    all.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "")); // joins literals
                }
            }
        }
        sources = all.toString();
    }

    /** Returns the cells of a column, from the table below this heading. */
    private static List<String> column(String heading, int number) {
        String section = page.substring(page.indexOf("\n## " + heading + "\n"));
        return section.substring(section.indexOf("| --- |"))
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", -1)[number].strip())
                .toList();
    }

    @Test
    void eachNumberOfTheStatisticsHasARow() {
        List<String> named = column("Statistics", 1).stream()
                .flatMap(cell -> Stream.of(cell.split(", ", -1)))
                .map(name -> name.replace("`", ""))
                .toList();
        assertEquals(
                Arrays.stream(LoopStatistics.class.getDeclaredMethods())
                        .map(Method::getName)
                        .sorted()
                        .toList(),
                named.stream().sorted().toList());
    }

    @Test
    void eachLineOfTheTablesIsInTheSources() {
        Stream<String> lines = Stream.of(
                        column("Warnings and errors", 2), column("PROXY protocol", 1), column("systemd", 1))
                .flatMap(List::stream);
        List<String> wrong = lines.flatMap(line -> Stream.of(line.split("…|[:;] |10000|PT1S", -1)))
                .map(String::strip)
                .filter(part -> !sources.contains(part))
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void eachLineThatIsLoggedIsInATable() {
        List<String> messages = LOGGED.matcher(sources)
                .results()
                .map(MatchResult::group)
                .map(call -> call.substring(call.indexOf('"')))
                .toList();
        assertTrue(messages.size() >= 20, () -> "found only " + messages);
        assertEquals(
                List.of(),
                messages.stream().filter(message -> !isOnThePage(message)).toList());
    }

    /** Returns true if the page has one of the texts between two parameters or punctuation. */
    private static boolean isOnThePage(String message) {
        return Stream.of(message.replace("\"", "").split("\\{}|[.:;] ", -1))
                .map(String::strip)
                .anyMatch(part -> part.length() >= 6 && page.contains(part));
    }
}
