// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

/** The characters of RFC 3986: what may be in the parts of a URI. */
final class UriText {
    private static final String UNRESERVED_SYMBOLS = "-._~";
    private static final String SUB_DELIMS = "!$&'()*+,;=";

    private UriText() {}

    /** Whether it is a {@code reg-name}: a host's name, which may be empty. */
    static boolean isRegName(String text) {
        return isMadeOf(text, "");
    }

    /** Whether it is a path of {@code pchar} and slashes. */
    static boolean isPath(String text) {
        return isMadeOf(text, ":@/");
    }

    /** Whether it is a query, or a fragment. */
    static boolean isQuery(String text) {
        return isMadeOf(text, ":@/?");
    }

    /** Of unreserved characters, encoded octets, {@code sub-delims}, and these. */
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

    /** The octet that is encoded by the percent sign at this place and two digits; -1 if they are missing. */
    static int hex(String text, int percent) {
        int high = percent + 2 < text.length() ? digit(text.charAt(percent + 1)) : -1;
        int low = high < 0 ? -1 : digit(text.charAt(percent + 2));
        return low < 0 ? -1 : high * 16 + low;
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
