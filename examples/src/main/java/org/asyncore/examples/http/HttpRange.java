// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.examples.shared.Decimal;
import org.jspecify.annotations.Nullable;

/** The part of a file that a response sends (RFC 9110, 14). */
record HttpRange(long from, long count) {
    private static final String UNIT = "bytes=";
    private static final Pattern ONE = Pattern.compile("([0-9]*)-([0-9]*)");

    /**
     * Returns the part that a Range field asks for. Returns null if the field is to be ignored, because it is
     * malformed, in another unit, or has several ranges, which a server need not send.
     *
     * @throws HttpRefusal if nothing of the file is in the range
     */
    static @Nullable HttpRange parse(String field, long size) throws HttpRefusal {
        if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<String> ranges = HttpHeaders.split(field.substring(UNIT.length()));
        ranges.removeIf(String::isEmpty); // a list may have such elements
        Matcher one = ONE.matcher(ranges.size() == 1 ? ranges.get(0) : "");
        if (!one.matches() || one.group().equals("-")) {
            return null;
        }
        return one.group(1).isEmpty()
                ? last(Decimal.parse(one.group(2)), size)
                : fromTo(
                        Decimal.parse(one.group(1)),
                        one.group(2).isEmpty() ? Long.MAX_VALUE : Decimal.parse(one.group(2)),
                        size);
    }

    private static @Nullable HttpRange last(long count, long size) throws HttpRefusal {
        if (count == 0) {
            throw notSatisfiable(size);
        }
        long n = Math.min(count, size);
        return n == 0 ? null : new HttpRange(size - n, n);
    }

    private static @Nullable HttpRange fromTo(long from, long to, long size) throws HttpRefusal {
        if (to < from) {
            return null;
        }
        if (from >= size) {
            throw notSatisfiable(size);
        }
        return new HttpRange(from, Math.min(to, size - 1) - from + 1);
    }

    private static HttpRefusal notSatisfiable(long size) {
        return new HttpRefusal(
                HttpStatus.RANGE_NOT_SATISFIABLE, "the range is beyond the end", "Content-Range: bytes */" + size);
    }

    /** Returns the value of Content-Range, for a file of this size. */
    String of(long size) {
        return "bytes " + from + "-" + (from + count - 1) + "/" + size;
    }
}
