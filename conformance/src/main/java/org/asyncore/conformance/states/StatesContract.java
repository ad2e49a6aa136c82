// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.states;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.asyncore.conformance.BackendUnderTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract of each public operation of dispatchers in each state: its outcome and the next state are those of {@code
 * states.md}, the same on every poller. A row for one poller is named {@code OPERATION on POLLER}, and must be a
 * difference of {@code docs/differences.md}. The rows are those of Linux.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
public abstract class StatesContract {
    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @TempDir
    Path folder = Path.of("");

    /** Makes the contract, for the tests of a backend. */
    protected StatesContract() {}

    @ParameterizedTest
    @EnumSource
    void operationsHaveTheOutcomesOfTheTable(Situation situation) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Operation operation : Operation.of(situation)) {
            try (Scene scene = new Scene(backend.get(), folder)) {
                rows.add(operation.row(scene, situation.enter(scene)));
            }
        }
        String poller = backend.get().name();
        System.out.println("\n## " + situation + ", on " + poller + "\n");
        rows.forEach(System.out::println);
        assertEquals(expected(situation, poller), String.join("\n", rows));
    }

    private static String expected(Situation situation, String poller) throws IOException {
        List<String> rows =
                section(situation).lines().filter(row -> row.startsWith("| ")).toList();
        String own = " on " + poller + " |";
        List<String> special = rows.stream().filter(row -> row.contains(own)).toList();
        return rows.stream()
                .filter(row -> !row.substring(0, row.indexOf('|', 1)).contains(" on "))
                .map(row -> special.stream()
                        .map(one -> one.replace(own, " |"))
                        .filter(one -> operation(one).equals(operation(row)))
                        .findFirst()
                        .orElse(row))
                .collect(Collectors.joining("\n"));
    }

    private static String operation(String row) {
        return row.substring(0, row.indexOf('|', 1));
    }

    private static String section(Situation situation) throws IOException {
        try (InputStream in = StatesContract.class.getResourceAsStream("states.md")) {
            String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            String heading = "\n## " + situation + "\n";
            int begin = table.indexOf(heading);
            if (begin < 0) {
                return "";
            }
            int end = table.indexOf("\n## ", begin + heading.length());
            return table.substring(begin, end < 0 ? table.length() : end)
                    .replaceAll("(?m)^\\| (operation|---) .*\n", "");
        }
    }
}
