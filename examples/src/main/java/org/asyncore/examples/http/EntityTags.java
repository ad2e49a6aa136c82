// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares entity tags with If-Match and If-None-Match, which have {@code *} or a list of tags. A tag may contain
 * commas and stars, and a backslash means itself, so {@link HttpHeaders#split} cannot split this list.
 */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("[ \t,]*(?<tag>(?:W/)?\"[!#-~\\x80-\\xff]*+\")[ \t]*(?=,|$)");

    private EntityTags() {}

    /** Returns true if the field is {@code *}, or has the same tag and both are strong. */
    static boolean match(String field, String tag) {
        return has(field, tag, false);
    }

    /** Returns true if the field is {@code *}, or has the same tag, weak or strong. */
    static boolean matchWeakly(String field, String tag) {
        return has(field, tag, true);
    }

    private static boolean has(String field, String tag, boolean weakToo) {
        Matcher tags = TAG.matcher(field);
        boolean found = field.equals("*");
        while (!found && tags.lookingAt()) {
            String each = tags.group("tag");
            found = each.equals(tag) || (weakToo && each.equals("W/" + tag));
            tags.region(tags.end(), field.length());
        }
        return found;
    }
}
