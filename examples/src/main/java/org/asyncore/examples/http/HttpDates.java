// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats dates for HTTP, in whole seconds. The present date is formatted once a second, not once a response; the last
 * other date is remembered.
 */
final class HttpDates {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private long nowSecond;
    private String now = format(0);
    private long otherSecond;
    private String other = now;

    String now() {
        long second = second();
        if (second != nowSecond) {
            nowSecond = second;
            now = format(second);
        }
        return now;
    }

    /** Returns the present second. A later {@link #now} writes no earlier one, unless the clock is set back. */
    long second() {
        return System.currentTimeMillis() / 1000;
    }

    /** Returns another date as text. */
    String of(long epochSecond) {
        if (epochSecond != otherSecond) {
            otherSecond = epochSecond;
            other = format(epochSecond);
        }
        return other;
    }

    static String format(long epochSecond) {
        return LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC).format(FORM);
    }

    /** Parses any of the three forms that RFC 9110 requires. Returns null if the text has none of them. */
    static @Nullable Instant parse(String date) {
        return HttpDateParser.parse(date, Instant.now());
    }
}
