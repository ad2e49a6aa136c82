// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as HTTP writes them; each is written once as long as it stays the same. */
final class NettyDates {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private long nowSecond;
    private String now = "";
    private Instant other = Instant.MIN;
    private String otherText = "";

    String now() {
        long second = System.currentTimeMillis() / 1000;
        if (second != nowSecond) {
            nowSecond = second;
            now = FORM.format(Instant.ofEpochSecond(second));
        }
        return now;
    }

    /** Some other date. */
    String of(Instant time) {
        if (!time.equals(other)) {
            other = time;
            otherText = FORM.format(time);
        }
        return otherText;
    }
}
