// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.List;
import java.util.Locale;
import org.asyncore.examples.shared.Decimal;

/**
 * The head of a request.
 *
 * @param minor of the version, HTTP/1.minor
 */
record HttpRequest(String method, String target, int minor, HttpHeaders headers) {
    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the connection outlives the response. */
    boolean keepsAlive() {
        return !headers.has("Connection", "close") && (minor > 0 || headers.has("Connection", "keep-alive"));
    }

    /** Whether the body comes only when it is asked for. */
    boolean expectsContinue() throws HttpRefusal {
        for (String expectation : headers.filledElements("Expect")) {
            if (!expectation.equalsIgnoreCase("100-continue")) {
                throw new HttpRefusal(HttpStatus.EXPECTATION_FAILED, "an unknown expectation");
            }
        }
        return minor > 0 && headers.has("Expect", "100-continue");
    }

    /** What else there must be exactly one of; a second one is how requests are smuggled past a proxy. */
    void checkHost() throws HttpRefusal {
        int hosts = headers.count("Host");
        if (hosts > 1 || (hosts == 0 && minor > 0)) {
            throw HttpRefusal.badRequest(hosts + " Host fields");
        }
        String host = headers.first("Host");
        if (host != null && HttpAuthority.parse(host) == null) {
            throw HttpRefusal.badRequest("a Host that is none");
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
        long length = Decimal.parse(lengths.get(0));
        if (!lengths.stream().allMatch(each -> Decimal.isDigits(each) && Decimal.parse(each) == length)) {
            throw HttpRefusal.badRequest("not one length of the body");
        }
        return length;
    }

    /** A body without a length may be refused (RFC 9112, 6.3), and nothing here wants one. */
    private void refuseEncoded(boolean lengthToo) throws HttpRefusal {
        List<String> codings = headers.filledElements("Transfer-Encoding").stream()
                .map(coding -> coding.toLowerCase(Locale.ROOT))
                .toList();
        int chunked = codings.indexOf("chunked");
        if (lengthToo || minor == 0 || codings.isEmpty() || (chunked >= 0 && chunked < codings.size() - 1)) {
            throw HttpRefusal.badRequest("a Transfer-Encoding that cannot be");
        }
        throw chunked == 0
                ? new HttpRefusal(HttpStatus.LENGTH_REQUIRED, "a body without its length")
                : new HttpRefusal(HttpStatus.NOT_IMPLEMENTED, "an unknown Transfer-Encoding");
    }
}
