// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a file that a response has (RFC 9110, 14). */
record HttpRange(long from, long count) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d*)-(\\d*)\\s*", Pattern.CASE_INSENSITIVE);
    private static final int MAX_DIGITS = 18;

    /**
     * What a Range field asks for, or null if it is to be ignored: malformed, in another unit, or of several ranges, which a
     * server need not send.
     *
     * @throws HttpRefusal if nothing of the file is in the range
     */
    static @Nullable HttpRange parse(String field, long size) throws HttpRefusal {
        Matcher one = ONE.matcher(field);
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return null;
        }
        return one.group(1).isEmpty()
                ? last(number(one.group(2)), size)
                : fromTo(number(one.group(1)), one.group(2).isEmpty() ? Long.MAX_VALUE : number(one.group(2)), size);
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
        return new HttpRefusal(HttpStatus.RANGE_NOT_SATISFIABLE, "beyond the end", "Content-Range: bytes */" + size);
    }

    private static long number(String digits) {
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** As in Content-Range. */
    String of(long size) {
        return "bytes " + from + "-" + (from + count - 1) + "/" + size;
    }
}
