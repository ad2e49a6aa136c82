// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

/** Checks the characters in the parts of a URI (RFC 3986). */
final class UriText {
    private static final String UNRESERVED_SYMBOLS = "-._~";
    private static final String SUB_DELIMS = "!$&'()*+,;=";

    private UriText() {}

    /** Returns true for a {@code reg-name}: the name of a host, which may be empty. */
    static boolean isRegName(String text) {
        return isMadeOf(text, "");
    }

    /** Returns true for a path of {@code pchar} and slashes. */
    static boolean isPath(String text) {
        return isMadeOf(text, ":@/");
    }

    /** Returns true for a query or a fragment. */
    static boolean isQuery(String text) {
        return isMadeOf(text, ":@/?");
    }

    /** Returns true if the text has only unreserved characters, encoded octets, {@code sub-delims}, and these. */
    private static boolean isMadeOf(String text, String more) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean encoded = c == '%' && hex(text, i) >= 0;
            if (!encoded && !isPlain(c) && more.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_SYMBOLS.indexOf(c) >= 0
                || SUB_DELIMS.indexOf(c) >= 0;
    }

    /** Returns the octet that the percent sign and the two digits behind it encode, or -1 if these are missing. */
    static int hex(String text, int percent) {
        int high = percent + 2 < text.length() ? digit(text.charAt(percent + 1)) : -1;
        int low = high < 0 ? -1 : digit(text.charAt(percent + 2));
        return low < 0 ? -1 : high * 16 + low;
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
