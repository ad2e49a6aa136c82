// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The events of a scenario, in order. */
final class Trace {
    static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    private final List<Event> events = new ArrayList<>();

    /** A call of a hook, or an event of the driver. */
    record Event(String who, String hook, Map<String, @Nullable Object> detail) {
        boolean isPredicate() {
            return hook.equals("readable") || hook.equals("writable");
        }

        /** Returns the event as one line, which is the same for equal events. */
        @Override
        public String toString() {
            return detail.isEmpty() ? who + "." + hook : who + "." + hook + " " + GSON.toJson(new TreeMap<>(detail));
        }
    }

    /**
     * Records an event.
     *
     * @param detail names and values that alternate
     */
    void event(String who, String hook, @Nullable Object... detail) {
        events.add(new Event(who, hook, map(detail)));
    }

    /** Returns a map of names and values that alternate. */
    static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    List<Event> events() {
        return events;
    }

    /** Returns the events as lines, except those that are left out. */
    static List<String> lines(List<Event> events, Predicate<Event> leftOut) {
        return events.stream().filter(leftOut.negate()).map(Event::toString).toList();
    }
}
