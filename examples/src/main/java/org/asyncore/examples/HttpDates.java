// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates as HTTP writes them, in whole seconds. The present one is written once a second, not once a response, and that of a
 * file once as long as no other is asked for.
 */
final class HttpDates {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final List<DateTimeFormatter> FORMS = List.of(FORM, rfc850(), asctime());

    private long nowSecond;
    private String now = format(0);
    private long otherSecond;
    private String other = now;

    String now() {
        long second = System.currentTimeMillis() / 1000;
        if (second != nowSecond) {
            nowSecond = second;
            now = format(second);
        }
        return now;
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
        for (DateTimeFormatter form : FORMS) {
            try {
                return LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // Perhaps it has the next form.
            }
        }
        return null;
    }

    /** Two digits of a year that is not more than 50 years ahead. */
    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(49))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }

    private static DateTimeFormatter asctime() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEE MMM ")
                .padNext(2)
                .appendValue(ChronoField.DAY_OF_MONTH)
                .appendPattern(" HH:mm:ss yyyy")
                .toFormatter(Locale.US);
    }
}
