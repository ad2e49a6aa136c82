// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as HTTP writes them; the present one is written once a second. */
final class NettyDates {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private long second;
    private String now = "";

    String now() {
        long present = System.currentTimeMillis() / 1000;
        if (present != second) {
            second = present;
            now = format(Instant.ofEpochSecond(present));
        }
        return now;
    }

    static String format(Instant time) {
        return FORM.format(time);
    }
}
