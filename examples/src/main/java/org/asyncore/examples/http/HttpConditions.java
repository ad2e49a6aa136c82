// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a request makes its answer depend on (RFC 9110, 13), held against the file. */
final class HttpConditions {
    private final HttpHeaders headers;
    private final String etag;
    private final long modified; // whole seconds, as dates are written, and none that is still to come
    private final long now;

    HttpConditions(HttpHeaders headers, WebFile file, long now) {
        this.headers = headers;
        this.etag = file.etag();
        this.modified = Math.min(file.modified().getEpochSecond(), now);
        this.now = now;
    }

    String etag() {
        return etag;
    }

    /** When the file was modified; now, if its time is still to come (RFC 9110, 8.8.2.1). */
    long modified() {
        return modified;
    }

    /** Whether the file is no longer the one that the client means. */
    boolean fail() {
        String tags = headers.combined("If-Match");
        if (tags != null) {
            return !EntityTags.match(tags, etag);
        }
        Instant since = date("If-Unmodified-Since");
        return since != null && modified > since.getEpochSecond();
    }

    /** Whether the client has the file already. */
    boolean isNotModified() {
        String tags = headers.combined("If-None-Match");
        if (tags != null) {
            return EntityTags.matchWeakly(tags, etag);
        }
        Instant since = date("If-Modified-Since");
        return since != null && modified <= since.getEpochSecond();
    }

    /**
     * Whether the part that is asked for is one of this file. A date says so only if the file cannot have changed twice
     * in its second.
     */
    boolean rangeHolds() {
        String expected = headers.combined("If-Range");
        if (expected == null || expected.equals(etag)) {
            return true;
        }
        Instant date = HttpDates.parse(expected);
        return date != null && date.getEpochSecond() == modified && modified < now;
    }

    /** Of several dates, none counts. */
    private @Nullable Instant date(String field) {
        String date = headers.combined(field);
        return date == null ? null : HttpDates.parse(date);
    }
}
