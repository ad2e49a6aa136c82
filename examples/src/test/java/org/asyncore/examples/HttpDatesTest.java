// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void allThreeFormsAreUnderstood(String date) {
        assertEquals(Instant.parse("1994-11-06T08:49:37Z"), HttpDates.parse(date));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Sun, 06 Nov 1994", "Mon, 31 Feb 2020 00:00:00 GMT", "784111777"})
    void whatIsNoDateIsNone(String text) {
        assertNull(HttpDates.parse(text));
    }

    @Test
    void dateIsWrittenInTheFirstForm() {
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDates.format(784111777));
        HttpDates dates = new HttpDates();
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", dates.of(784111777));
        assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", dates.of(0));
    }

    @Test
    void presentIsNow() {
        Instant now = HttpDates.parse(new HttpDates().now());
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertEquals(
                today,
                now == null ? null : now.plusSeconds(1).atOffset(ZoneOffset.UTC).toLocalDate());
    }
}
