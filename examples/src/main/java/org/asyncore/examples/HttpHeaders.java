// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a head in their order. Names are told apart without regard to case. */
final class HttpHeaders {
    private final List<String> names = new ArrayList<>(8);
    private final List<String> values = new ArrayList<>(8);

    void add(String name, String value) {
        names.add(name);
        values.add(value);
    }

    int size() {
        return names.size();
    }

    /** The first field of that name, or null. */
    @Nullable
    String first(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    int count(String name) {
        int n = 0;
        for (String each : names) {
            n += each.equalsIgnoreCase(name) ? 1 : 0;
        }
        return n;
    }

    /** The elements of all lists of that name: {@code a, b} twice is four. */
    List<String> elements(String name) {
        if (first(name) == null) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                for (String element : values.get(i).split(",", -1)) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    /** Whether a list has this element, in whatever case. */
    boolean has(String name, String element) {
        return first(name) != null && elements(name).stream().anyMatch(element::equalsIgnoreCase);
    }
}
