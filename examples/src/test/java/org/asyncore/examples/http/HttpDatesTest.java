// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void allThreeFormsAreParsed(String date) {
        assertEquals(Instant.parse("1994-11-06T08:49:37Z"), HttpDates.parse(date));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Sun, 06 Nov 1994",
                "Mon, 31 Feb 2020 00:00:00 GMT",
                "784111777",
                "Mon, 02 Mar 2020 00:00:00 GMT ",
                " Mon, 02 Mar 2020 00:00:00 GMT",
                "Mon, 2 Mar 2020 00:00:00 GMT",
                "Tue, 02 Mar 2020 00:00:00 GMT",
                "mon, 02 Mar 2020 00:00:00 GMT",
                "Mon, 02 mar 2020 00:00:00 GMT",
                "Mon, 02 Mar 2020 00:00:00 gmt",
                "Mon, 02 Mar 2020 00:00:00 UTC",
                "Mon, 02 Mar 2020 00:00:00 +0000",
                "Mon, 02 Mar 2020 00:00:00",
                "Mon, 02 Mar +2020 00:00:00 GMT",
                "Mon, 02 Mar 12020 00:00:00 GMT",
                "Mon, 02 Mar 2020 24:00:00 GMT",
                "Mon, 02 Mar 2020 00:60:00 GMT",
                "Mon, 02 Mar 2020 00:00:60 GMT",
                "Mon, 02 Mar 2020 0:00:00 GMT",
                "Mon,  02 Mar 2020 00:00:00 GMT",
                "Monday, 02 Mar 2020 00:00:00 GMT",
                "Mon, 02-Mar-20 00:00:00 GMT",
                "Monday, 02-Mar-2020 00:00:00 GMT",
                "Mon Mar 2 00:00:00 2020",
                "Mon Mar  2 00:00:00 2020 GMT",
                "Mon Mar  2 00:00:00 20",
                "Sun, 29 Feb 2021 00:00:00 GMT",
                "Mon, 02 Mar 2020 00:00:00 GMT, Mon, 02 Mar 2020 00:00:00 GMT"
            })
    void malformedDateIsRefused(String text) {
        assertNull(HttpDates.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25, 'Wednesday, 25-Nov-26 00:00:00 GMT', 2026",
        "2026-11-25, 'Wednesday, 25-Nov-76 00:00:00 GMT', 2076",
        "2026-11-25, 'Thursday, 25-Nov-76 00:00:00 GMT', none",
        "2026-11-25, 'Friday, 26-Nov-76 00:00:00 GMT', 1976",
        "2026-11-25, 'Friday, 31-Dec-99 00:00:00 GMT', 1999",
        "2026-11-25, 'Tuesday, 29-Feb-00 00:00:00 GMT', 2000",
        "2060-01-01, 'Wednesday, 01-Jan-10 00:00:00 GMT', 2110",
        "2060-01-01, 'Friday, 01-Jan-10 00:00:00 GMT', none",
    })
    void yearOfTwoDigitsIsNotMoreThanFiftyYearsAhead(String today, String date, String year) {
        Instant parsed = HttpDateParser.parse(date, Instant.parse(today + "T00:00:00Z"));
        assertEquals(year, parsed == null ? "none" : parsed.toString().substring(0, 4));
    }

    @Test
    void leapSecondIsValidBeforeMidnightOnly() {
        assertEquals(Instant.parse("2016-12-31T23:59:59Z"), HttpDates.parse("Sat, 31 Dec 2016 23:59:60 GMT"));
        assertNull(HttpDates.parse("Sat, 31 Dec 2016 23:59:61 GMT"));
        assertNull(HttpDates.parse("Sat, 31 Dec 2016 22:59:60 GMT"));
    }

    @Test
    void dateIsWrittenInTheFirstForm() {
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDates.format(784111777));
        HttpDates dates = new HttpDates();
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", dates.of(784111777));
        assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", dates.of(0));
    }

    @Test
    void presentDateIsToday() {
        Instant now = HttpDates.parse(new HttpDates().now());
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertEquals(
                today,
                now == null ? null : now.plusSeconds(1).atOffset(ZoneOffset.UTC).toLocalDate());
    }
}
