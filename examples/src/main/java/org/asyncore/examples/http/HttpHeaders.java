// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of a request or response, in order. The case of names does not matter. */
public final class HttpHeaders {
    private final List<String> names = new ArrayList<>(8);
    private final List<String> values = new ArrayList<>(8);

    public void add(String name, String value) {
        names.add(name);
        values.add(value);
    }

    int size() {
        return names.size();
    }

    /** Returns the value of the first field of that name, or null. */
    @Nullable
    String first(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    /** Returns all values of that name, joined as a list, or null if there is none. */
    @Nullable
    String combined(String name) {
        String combined = null;
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                combined = combined == null ? values.get(i) : combined + ", " + values.get(i);
            }
        }
        return combined;
    }

    int count(String name) {
        int n = 0;
        for (String each : names) {
            n += each.equalsIgnoreCase(name) ? 1 : 0;
        }
        return n;
    }

    /** Returns the elements of all lists of that name: two fields {@code a, b} have four. */
    public List<String> elements(String name) {
        if (first(name) == null) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                elements.addAll(split(values.get(i)));
            }
        }
        return elements;
    }

    /** Returns the elements without the empty ones, which lists may have. */
    public List<String> filledElements(String name) {
        return elements(name).stream().filter(each -> !each.isEmpty()).toList();
    }

    /**
     * Splits a list at its commas, but not inside quoted strings. Returns all elements, also empty ones, without the
     * blanks around them.
     */
    static List<String> split(String list) {
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                elements.add(list.substring(from, i).strip());
                from = i + 1;
            }
        }
        elements.add(list.substring(from).strip());
        return elements;
    }

    /** Returns true if a list has this element, in any case. */
    boolean has(String name, String element) {
        return first(name) != null && elements(name).stream().anyMatch(element::equalsIgnoreCase);
    }
}
