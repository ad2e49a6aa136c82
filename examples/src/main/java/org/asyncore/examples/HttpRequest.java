// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.util.List;

/**
 * The head of a request.
 *
 * @param minor of the version, HTTP/1.minor
 */
record HttpRequest(String method, String target, int minor, HttpHeaders headers) {
    private static final int MAX_DIGITS = 18; // of a number that a long surely holds

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the connection outlives the response. */
    boolean keepsAlive() {
        return minor > 0 ? !headers.has("Connection", "close") : headers.has("Connection", "keep-alive");
    }

    /** Whether the body comes only when it is asked for. */
    boolean expectsContinue() throws HttpRefusal {
        String expectation = headers.first("Expect");
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            throw new HttpRefusal(HttpStatus.EXPECTATION_FAILED, "an unknown expectation");
        }
        return expectation != null && minor > 0;
    }

    /** What else there must be exactly one of; a second one is how requests are smuggled past a proxy. */
    void checkHost() throws HttpRefusal {
        int hosts = headers.count("Host");
        if (hosts > 1 || (hosts == 0 && minor > 0)) {
            throw HttpRefusal.badRequest(hosts + " Host fields");
        }
    }

    /** The bytes that follow the head. Whatever leaves a doubt where they end is refused. */
    long bodyBytes() throws HttpRefusal {
        List<String> lengths = headers.elements("Content-Length");
        if (headers.count("Transfer-Encoding") > 0) {
            refuseEncoded(!lengths.isEmpty());
        }
        if (lengths.isEmpty()) {
            return 0;
        }
        String length = lengths.get(0);
        if (!isNumber(length) || lengths.stream().anyMatch(other -> !other.equals(length))) {
            throw HttpRefusal.badRequest("not one length of the body");
        }
        return length.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(length);
    }

    /** A body without a length may be refused (RFC 9112, 6.3), and nothing here wants one. */
    private void refuseEncoded(boolean lengthToo) throws HttpRefusal {
        if (lengthToo || minor == 0) {
            throw HttpRefusal.badRequest("a Transfer-Encoding that cannot be");
        }
        throw headers.elements("Transfer-Encoding").equals(List.of("chunked"))
                ? new HttpRefusal(HttpStatus.LENGTH_REQUIRED, "a body without its length")
                : new HttpRefusal(HttpStatus.NOT_IMPLEMENTED, "an unknown Transfer-Encoding");
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
