// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a corpus; the fields are those of its JSON. */
record Program(long seed, Map<String, Part> parts, List<List<List<Object>>> turns, List<String> events) {
    static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    /**
     * The description of an actor.
     *
     * @param hooks for each hook, a list of actions for each call; the last list is for all later calls
     */
    record Part(
            String kind,
            @Nullable String readable,
            @Nullable String writable,
            @Nullable String adopts,
            @Nullable Object term,
            @Nullable Integer in,
            @Nullable Integer out,
            Map<String, List<List<List<Object>>>> hooks) {}

    /** Returns the corpus of this package, or of the file that the system property {@code asyncore.programs} names. */
    static List<Program> corpus() {
        String file = System.getProperty("asyncore.programs", "");
        try (Reader reader = file.isEmpty()
                        ? new InputStreamReader(
                                requireNonNull(Program.class.getResourceAsStream("corpus.jsonl")),
                                StandardCharsets.UTF_8)
                        : Files.newBufferedReader(Path.of(file));
                BufferedReader lines = new BufferedReader(reader)) {
            return lines.lines().map(line -> GSON.fromJson(line, Program.class)).toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the programs", e);
        }
    }
}
