// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DifferencesTest {
    private static final Path DIFFERENCES = Path.of("..", "docs", "differences.md");
    private static final Pattern SCENARIO = Pattern.compile("`([a-z0-9_]+)`");
    private static final List<Class<?>> SUITE = List.of(
            ConnectTracesContract.class,
            TurnTracesContract.class,
            ErrorTracesContract.class,
            EndTracesContract.class,
            TransferTracesContract.class,
            LinuxTracesContract.class,
            SeedTracesContract.class,
            ChatTracesContract.class);

    private static Set<String> scenarios(Predicate<Method> wanted) {
        return SUITE.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Replays.class))
                .filter(wanted)
                .map(method -> method.getAnnotation(Replays.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> named(String row) {
        String lastColumn = row.substring(row.lastIndexOf('|', row.length() - 2));
        return SCENARIO.matcher(lastColumn)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void everyDifferenceHasARowAndEveryRowADifference() throws IOException {
        Set<String> documented;
        try (Stream<String> lines = Files.lines(DIFFERENCES)) {
            documented = lines.filter(line -> line.startsWith("|"))
                    .flatMap(row -> named(row).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertEquals(scenarios(method -> method.isAnnotationPresent(DiffersFromAsyncore.class)), documented);
    }

    @Test
    void everyRecordingIsReplayed() throws Exception {
        URI directory = Objects.requireNonNull(Recording.class.getResource("would_block.json"))
                .toURI();
        Set<String> recorded;
        try (Stream<Path> files =
                Files.list(Objects.requireNonNull(Path.of(directory).getParent()))) {
            recorded = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertEquals(recorded, scenarios(method -> true));
        assertEquals(63, recorded.size());
    }

    @Test
    void recordingHasTheEventsOfItsFile() {
        Recording recording = Recording.of("would_block");
        assertEquals("would_block", recording.scenario());
        assertEquals(
                "driver.recv_raised {\"error\":\"EAGAIN\"}",
                recording.events().get(0).toString());
        assertNotNull(recording.outcome().get("peer_got_last"));
    }
}
