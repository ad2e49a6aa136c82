// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates as HTTP writes them, in whole seconds. The present one is written once a second, not once a response, and that
 * of a file once as long as no other is asked for.
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

    /** The present second; no later than {@link #now} writes it from here on, unless the clock is set back. */
    long second() {
        return System.currentTimeMillis() / 1000;
    }

    /** Some other date. */
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

    /** In any of the three forms that RFC 9110 wants understood; null if it is in none. */
    static @Nullable Instant parse(String date) {
        return HttpDateParser.parse(date, Instant.now());
    }
}
