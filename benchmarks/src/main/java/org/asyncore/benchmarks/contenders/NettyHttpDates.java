// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats dates for HTTP. The text of a date is kept until the date changes. */
final class NettyHttpDates {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private long nowSecond;
    private String now = "";
    private Instant last = Instant.MIN;
    private String lastText = "";

    String now() {
        long second = System.currentTimeMillis() / 1000;
        if (second != nowSecond) {
            nowSecond = second;
            now = FORM.format(Instant.ofEpochSecond(second));
        }
        return now;
    }

    /** Returns the text of a date, for example of a file's last change. */
    String of(Instant time) {
        if (!time.equals(last)) {
            last = time;
            lastText = FORM.format(time);
        }
        return lastText;
    }
}
