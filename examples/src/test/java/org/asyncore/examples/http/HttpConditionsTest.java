// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the preconditions of RFC 9110, section 13, for a file of 1994-11-06T08:49:37Z, a minute after that. */
final class HttpConditionsTest {
    private static final long MODIFIED = Instant.parse("1994-11-06T08:49:37Z").getEpochSecond();
    private static final WebFile FILE = new WebFile(Path.of("f"), 10, Instant.ofEpochSecond(MODIFIED));

    /** Returns what these fields ask for: all, a part, 304 or 412. TAG stands for the file's tag. */
    private static String outcome(String fields, long now) {
        HttpHeaders headers = new HttpHeaders();
        for (String field : fields.replace("TAG", FILE.etag()).split("\\|", -1)) {
            int colon = field.indexOf(": ");
            headers.add(field.substring(0, colon), field.substring(colon + 2));
        }
        HttpConditions conditions = new HttpConditions(headers, FILE, now);
        if (conditions.fail()) {
            return "412";
        }
        return conditions.isNotModified() ? "304" : conditions.rangeHolds() ? "part" : "all";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "If-Match: TAG; part",
                "If-Match: *; part",
                "If-Match: \"x\", TAG; part",
                "If-Match: \"x\"|If-Match: TAG; part",
                "If-Match: \"x\"; 412",
                "If-Match: W/TAG; 412",
                "If-Match: \"a, *, b\"; 412",
                "If-Match: \"x\", *; 412",
                "If-Match: TAG|If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT; part",
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT; part",
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT; 412",
                "If-Unmodified-Since: Sun, 06 Nov 1994; part",
                "If-None-Match: TAG; 304",
                "If-None-Match: W/TAG; 304",
                "If-None-Match: w/TAG; part",
                "If-None-Match: *; 304",
                "If-None-Match: \"*\"; part",
                "If-None-Match: \"a,*,b\"; part",
                "If-None-Match: \"a, *, b\"; part",
                "If-None-Match: \"a\\\", TAG; 304",
                "If-None-Match: , \"a,b\",, W/TAG,; 304",
                "If-None-Match: \"a|If-None-Match: TAG; part",
                "If-None-Match: \"xTAG; part",
                "If-None-Match: \"x\"|If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT; part",
                "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT; 304",
                "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT; 304",
                "If-Modified-Since: Sun Nov  6 08:49:37 1994; 304",
                "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT; part",
                "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT; 304",
                "If-Modified-Since: tomorrow; part",
                "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT|If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT; part",
                "If-Range: TAG; part",
                "If-Range: W/TAG; all",
                "If-Range: *; all",
                "If-Range: Sun, 06 Nov 1994 08:49:37 GMT; part",
                "If-Range: Sunday, 06-Nov-94 08:49:37 GMT; part",
                "If-Range: Sun, 06 Nov 1994 08:49:36 GMT; all",
                "If-Range: Sun, 06 Nov 1994 08:49:38 GMT; all",
            })
    void conditionDecidesWhatIsSent(String fields, String outcome) {
        assertEquals(outcome, outcome(fields, MODIFIED + 60));
    }

    @Test
    void dateInThePresentSecondAllowsNoPart() {
        assertEquals("all", outcome("If-Range: Sun, 06 Nov 1994 08:49:37 GMT", MODIFIED));
    }

    @Test
    void fileWithFutureTimeIsModifiedNow() {
        HttpConditions conditions = new HttpConditions(new HttpHeaders(), FILE, MODIFIED - 100);
        assertEquals(MODIFIED - 100, conditions.modified());
        assertEquals("part", outcome("If-Modified-Since: Sun, 06 Nov 1994 08:47:56 GMT", MODIFIED - 100));
    }
}
