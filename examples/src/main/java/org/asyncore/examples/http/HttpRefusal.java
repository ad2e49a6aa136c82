// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import org.jspecify.annotations.Nullable;

/**
 * Refuses a request with an error status. It has no stack trace, because peers can cause it as often as they like.
 */
final class HttpRefusal extends Exception {
    private static final long serialVersionUID = 1;

    final HttpStatus status;
    final @Nullable String field; // of the response's head, such as "Allow: GET, HEAD"

    HttpRefusal(HttpStatus status, String why) {
        this(status, why, null);
    }

    HttpRefusal(HttpStatus status, String why, @Nullable String field) {
        super(why, null, false, false);
        this.status = status;
        this.field = field;
    }

    static HttpRefusal badRequest(String why) {
        return new HttpRefusal(HttpStatus.BAD_REQUEST, why);
    }
}
