// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.List;
import java.util.Locale;
import org.asyncore.examples.shared.Decimal;

/**
 * The head of a request.
 *
 * @param minor the minor version: HTTP/1.minor
 */
record HttpRequest(String method, String target, int minor, HttpHeaders headers) {
    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Returns true if the connection stays open after the response. */
    boolean keepsAlive() {
        return !headers.has("Connection", "close") && (minor > 0 || headers.has("Connection", "keep-alive"));
    }

    /** Returns true if the client waits for a 100 response before it sends the body. */
    boolean expectsContinue() throws HttpRefusal {
        for (String expectation : headers.filledElements("Expect")) {
            if (!expectation.equalsIgnoreCase("100-continue")) {
                throw new HttpRefusal(HttpStatus.EXPECTATION_FAILED, "an unknown expectation");
            }
        }
        return minor > 0 && headers.has("Expect", "100-continue");
    }

    /** Checks that there is one Host; HTTP/1.0 may have none. A second one could smuggle requests past a proxy. */
    void checkHost() throws HttpRefusal {
        int hosts = headers.count("Host");
        if (hosts > 1 || (hosts == 0 && minor > 0)) {
            throw HttpRefusal.badRequest(hosts + " Host fields");
        }
        String host = headers.first("Host");
        if (host != null && HttpAuthority.parse(host) == null) {
            throw HttpRefusal.badRequest("not a valid Host");
        }
    }

    /** Returns how many bytes follow the head. A request that leaves a doubt about that is refused. */
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
            throw HttpRefusal.badRequest("malformed or contradictory Content-Length");
        }
        return length;
    }

    /** Refuses a body with a Transfer-Encoding, as a server may do (RFC 9112, 6.3). */
    private void refuseEncoded(boolean lengthToo) throws HttpRefusal {
        List<String> codings = headers.filledElements("Transfer-Encoding").stream()
                .map(coding -> coding.toLowerCase(Locale.ROOT))
                .toList();
        int chunked = codings.indexOf("chunked");
        if (lengthToo || minor == 0 || codings.isEmpty() || (chunked >= 0 && chunked < codings.size() - 1)) {
            throw HttpRefusal.badRequest("not a valid Transfer-Encoding");
        }
        throw chunked == 0
                ? new HttpRefusal(HttpStatus.LENGTH_REQUIRED, "the body has no Content-Length")
                : new HttpRefusal(HttpStatus.NOT_IMPLEMENTED, "an unknown Transfer-Encoding");
    }
}
