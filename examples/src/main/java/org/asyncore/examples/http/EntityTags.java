// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What If-Match and If-None-Match have: {@code *}, or a list of entity tags. A tag may have commas in it, and stars,
 * and a backslash means itself; so this is no list as others are.
 */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("[ \t,]*(?<tag>(?:W/)?\"[!#-~\\x80-\\xff]*+\")[ \t]*(?=,|$)");

    private EntityTags() {}

    /** Whether one of the tags is the same and both are strong, or it is any. */
    static boolean match(String field, String tag) {
        return has(field, tag, false);
    }

    /** Whether one of the tags is the same, weak or not, or it is any. */
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
