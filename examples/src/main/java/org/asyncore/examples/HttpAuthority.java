// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and perhaps a port, by the grammar of RFC 3986, section 3.2: what a Host field has, a target, and a URL.
 *
 * @param host a name or an IPv4 address; an IPv6 address in its brackets; empty for an empty Host field
 * @param port -1 if there is none
 */
record HttpAuthority(String host, int port) {
    private static final Pattern PORT = Pattern.compile("0*[0-9]{0,5}");
    private static final Pattern FUTURE = Pattern.compile("[vV][0-9a-fA-F]+\\.[A-Za-z0-9._~!$&'()*+,;=:-]+");
    private static final Pattern GROUPS = Pattern.compile("[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /** Parses {@code host}, {@code host:port} or nothing; null if it is none of these. User information is none of these. */
    static @Nullable HttpAuthority parse(String text) {
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

    /** The number, -1 for an empty port, -2 for what is no port. */
    private static int port(String digits) {
        if (digits.isEmpty()) {
            return -1;
        }
        int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : -2;
        return port > 65535 ? -2 : port;
    }

    /** An address that comes in brackets. */
    private static boolean isAddress(String text) {
        if (FUTURE.matcher(text).matches()) {
            return true;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /** How many groups of 16 bits the text has; -1 if it is no list of them. An IPv4 address, at the end, is two. */
    private static int groups(String text, boolean end) {
        if (text.isEmpty()) {
            return 0;
        }
        int last = text.lastIndexOf(':') + 1;
        if (end && IPV4.matcher(text.substring(last)).matches()) {
            int before = last == 0 ? 0 : groups(text.substring(0, last - 1), false);
            return before < 0 || (last == 1) ? -1 : before + 2;
        }
        return GROUPS.matcher(text).matches()
                ? (int) text.chars().filter(c -> c == ':').count() + 1
                : -1;
    }
}
