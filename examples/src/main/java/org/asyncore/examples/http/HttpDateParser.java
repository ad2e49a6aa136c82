// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the three forms of a date that RFC 9110, section 5.6.7 requires, character by character. */
final class HttpDateParser {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final String NAME = "(?<name>Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String WHOLE_NAME = "(?<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
    private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")";
    private static final String TIME = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile(NAME + ", (?<day>[0-9]{2}) " + MONTH + " (?<year>[0-9]{4}) " + TIME + " GMT"),
            Pattern.compile(WHOLE_NAME + ", (?<day>[0-9]{2})-" + MONTH + "-(?<year>[0-9]{2}) " + TIME + " GMT"),
            Pattern.compile(NAME + " " + MONTH + " (?<day>[0-9]{2}| [0-9]) " + TIME + " (?<year>[0-9]{4})"));
    private static final long LEAP_SECOND = 60;

    private HttpDateParser() {}

    /** Returns the date, or null if the text has none of the forms, or there is no such day. */
    static @Nullable Instant parse(String text, Instant now) {
        for (Pattern form : FORMS) {
            Matcher parts = form.matcher(text);
            if (parts.matches()) {
                try {
                    return date(parts, now);
                } catch (DateTimeException e) {
                    return null; // the 31st of February, or 25 o'clock
                }
            }
        }
        return null;
    }

    private static @Nullable Instant date(Matcher parts, Instant now) {
        int day = Integer.parseInt(parts.group("day").strip());
        int month = MONTHS.indexOf(parts.group("month")) + 1;
        int second = Integer.parseInt(parts.group("second"));
        String minutes = parts.group("hour") + ":" + parts.group("minute");
        boolean leap = second == LEAP_SECOND && minutes.equals("23:59");
        LocalTime time = LocalTime.parse(minutes).withSecond(leap ? second - 1 : second);
        LocalDate date = LocalDate.of(year(parts.group("year"), month, day, now), month, day);
        String name = date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT);
        return parts.group("name").startsWith(name) ? date.atTime(time).toInstant(ZoneOffset.UTC) : null;
    }

    /** Returns the year. Two digits mean the latest year that gives no date more than 50 years ahead. */
    private static int year(String digits, int month, int day, Instant now) {
        int year = Integer.parseInt(digits);
        if (digits.length() > 2) {
            return year;
        }
        LocalDate latest = LocalDate.ofInstant(now, ZoneOffset.UTC).plusYears(50);
        year += latest.getYear() / 100 * 100;
        boolean beyond = LocalDate.of(year, month, 1).plusDays(day - 1L).isAfter(latest);
        return beyond ? year - 100 : year;
    }
}
