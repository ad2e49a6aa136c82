// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a request makes its answer depend on (RFC 9110, 13), held against the file. */
final class HttpConditions {
    private final HttpHeaders headers;
    private final String etag;
    private final long modified; // whole seconds, as dates are written

    HttpConditions(HttpHeaders headers, WebFile file) {
        this.headers = headers;
        this.etag = file.etag();
        this.modified = file.modified().getEpochSecond();
    }

    String etag() {
        return etag;
    }

    /** Whether the file is no longer the one that the client means. */
    boolean fail() {
        if (headers.first("If-Match") != null) {
            return !names("If-Match", etag);
        }
        Instant since = date("If-Unmodified-Since");
        return since != null && modified > since.getEpochSecond();
    }

    /** Whether the client has the file already. */
    boolean isNotModified() {
        if (headers.first("If-None-Match") != null) {
            return names("If-None-Match", etag) || names("If-None-Match", "W/" + etag);
        }
        Instant since = date("If-Modified-Since");
        return since != null && modified <= since.getEpochSecond();
    }

    /** Whether the part that is asked for is one of this file. */
    boolean rangeHolds() {
        String expected = headers.first("If-Range");
        return expected == null || expected.equals(etag) || expected.equals(HttpDates.format(modified));
    }

    private boolean names(String field, String tag) {
        return headers.elements(field).stream().anyMatch(each -> each.equals(tag) || each.equals("*"));
    }

    private @Nullable Instant date(String field) {
        String date = headers.first(field);
        return date == null ? null : HttpDates.parse(date);
    }
}
