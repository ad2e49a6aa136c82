// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.nio.charset.StandardCharsets;

/** The head of a response, and with it a body that is a line of text. */
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

    /** The bytes to send. */
    byte[] end() {
        return with("\r\n").text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes to send when the body is that line, which a HEAD is not sent. */
    byte[] end(String line, boolean head) {
        with("Content-Type", "text/plain").with("Content-Length", line.length() + 1L);
        with("\r\n").with(head ? "" : line + "\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes that refuse a request. */
    static HttpResponseHead to(HttpRefusal refusal, HttpDates dates) {
        HttpResponseHead response = new HttpResponseHead(refusal.status, dates);
        return refusal.field == null ? response : response.with(refusal.field).with("\r\n");
    }
}
