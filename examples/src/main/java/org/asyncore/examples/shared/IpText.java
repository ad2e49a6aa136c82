// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.util.regex.Pattern;

/** Checks IP addresses in URLs and mail addresses, by the grammar of RFC 3986, section 3.2.2. */
public final class IpText {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern GROUPS = Pattern.compile("[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*+");

    private IpText() {}

    public static boolean isV4(String text) {
        return V4.matcher(text).matches();
    }

    public static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /**
     * Returns how many groups of 16 bits the text has, or -1 if it is malformed. An IPv4 address at the end counts as
     * two.
     */
    private static int groups(String text, boolean end) {
        if (text.isEmpty()) {
            return 0;
        }
        int last = text.lastIndexOf(':') + 1;
        if (end && isV4(text.substring(last))) {
            int before = last == 0 ? 0 : groups(text.substring(0, last - 1), false);
            return before < 0 || last == 1 ? -1 : before + 2;
        }
        return GROUPS.matcher(text).matches()
                ? (int) text.chars().filter(c -> c == ':').count() + 1
                : -1;
    }
}
