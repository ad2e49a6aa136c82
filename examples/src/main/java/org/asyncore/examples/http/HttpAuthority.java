// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.regex.Pattern;
import org.asyncore.examples.shared.IpText;
import org.jspecify.annotations.Nullable;

/**
 * A host and an optional port, by the grammar of RFC 3986, section 3.2. Host fields, targets and URLs have one.
 *
 * @param host a name or an IPv4 address; an IPv6 address in its brackets; empty for an empty Host field
 * @param port -1 if there is none
 */
public record HttpAuthority(String host, int port) {
    private static final Pattern PORT = Pattern.compile("0*[0-9]{0,5}");
    private static final Pattern FUTURE = Pattern.compile("[vV][0-9a-fA-F]+\\.[A-Za-z0-9._~!$&'()*+,;=:-]+");

    /**
     * Parses {@code host}, {@code host:port} or an empty text. Returns null if the text is malformed, or has user
     * information.
     */
    public static @Nullable HttpAuthority parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', bracket + 1);
        int end = colon < 0 ? text.length() : colon;
        String host = text.substring(0, end);
        int port = colon < 0 ? -1 : port(text.substring(colon + 1));
        boolean literal = bracket > 0 && bracket == end - 1 && isAddress(text.substring(1, bracket));
        if (port < -1 || !(literal || UriText.isRegName(host)) || (host.isEmpty() && colon >= 0)) {
            return null;
        }
        return new HttpAuthority(host, port);
    }

    /** Returns the number, -1 for an empty port, or -2 for a malformed one. */
    private static int port(String digits) {
        if (digits.isEmpty()) {
            return -1;
        }
        int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : -2;
        return port > 65535 ? -2 : port;
    }

    /** Returns true for an address that belongs in brackets. */
    private static boolean isAddress(String text) {
        return IpText.isV6(text) || FUTURE.matcher(text).matches();
    }
}
