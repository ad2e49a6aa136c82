// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.nio.charset.StandardCharsets;

/** Builds the head of a response, with an optional body of one line. */
final class HttpResponseHead {
    private final StringBuilder text = new StringBuilder(256);

    HttpResponseHead(HttpStatus status, HttpDates dates) {
        text.append("HTTP/1.1 ").append(status);
        with("\r\nDate: ").with(dates.now()).with("\r\n");
    }

    HttpResponseHead with(String name, String value) {
        return with(name).with(": ").with(value).with("\r\n");
    }

    HttpResponseHead with(String name, long value) {
        text.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    private HttpResponseHead with(String more) {
        text.append(more);
        return this;
    }

    /** Returns the bytes to send. */
    byte[] end() {
        return with("\r\n").text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the bytes to send with a line as the body. The response to a HEAD does not have the line itself. */
    byte[] end(String line, boolean head) {
        with("Content-Type", "text/plain").with("Content-Length", line.length() + 1L);
        with("\r\n").with(head ? "" : line + "\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Begins the head of a response that refuses a request. */
    static HttpResponseHead to(HttpRefusal refusal, HttpDates dates) {
        HttpResponseHead response = new HttpResponseHead(refusal.status, dates);
        return refusal.field == null ? response : response.with(refusal.field).with("\r\n");
    }
}
