// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The recording of a scenario by CPython; the fields are those of its file. */
record Recording(
        String scenario,
        String order,
        String scope,
        List<String> requires,
        List<Trace.Event> events,
        Map<String, @Nullable Object> outcome) {

    /** Returns the recording of a scenario: {@code NAME.json}, or {@code NAME.select.json} if there is none. */
    static Recording of(String scenario) {
        String text = resource(scenario + ".json");
        if (text == null) {
            text = resource(scenario + ".select.json");
        }
        return Trace.GSON.fromJson(Objects.requireNonNull(text, scenario), Recording.class);
    }

    /** Returns the 701 bytes that the examples send and read. */
    static String lorem() {
        return Objects.requireNonNull(resource("fixtures/lorem.txt"));
    }

    private static @Nullable String resource(String name) {
        try (InputStream in = Recording.class.getResourceAsStream(name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }

    /** Returns the events as they are compared. Those of independent sockets are grouped by their dispatchers. */
    List<Trace.Event> ordered(List<Trace.Event> events) {
        return order.equals("global")
                ? events
                : events.stream().sorted(Comparator.comparing(Trace.Event::who)).toList();
    }
}
