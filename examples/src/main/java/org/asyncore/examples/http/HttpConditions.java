// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks the conditions of a request (RFC 9110, 13) against the file. */
final class HttpConditions {
    private final HttpHeaders headers;
    private final String etag;
    private final long modified; // in whole seconds, as in dates, and not in the future
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

    /** Returns when the file was modified, or the present time if that is in the future (RFC 9110, 8.8.2.1). */
    long modified() {
        return modified;
    }

    /** Returns true if the file is no longer the one that the client means. */
    boolean fail() {
        String tags = headers.combined("If-Match");
        if (tags != null) {
            return !EntityTags.match(tags, etag);
        }
        Instant since = date("If-Unmodified-Since");
        return since != null && modified > since.getEpochSecond();
    }

    /** Returns true if the client already has the file. */
    boolean isNotModified() {
        String tags = headers.combined("If-None-Match");
        if (tags != null) {
            return EntityTags.matchWeakly(tags, etag);
        }
        Instant since = date("If-Modified-Since");
        return since != null && modified <= since.getEpochSecond();
    }

    /**
     * Returns true if the requested part is one of this file. A date proves that only if the file cannot have changed
     * twice in that second.
     */
    boolean rangeHolds() {
        String expected = headers.combined("If-Range");
        if (expected == null || expected.equals(etag)) {
            return true;
        }
        Instant date = HttpDates.parse(expected);
        return date != null && date.getEpochSecond() == modified && modified < now;
    }

    /** Returns the date in a field, or null. Several dates count as none. */
    private @Nullable Instant date(String field) {
        String date = headers.combined(field);
        return date == null ? null : HttpDates.parse(date);
    }
}
