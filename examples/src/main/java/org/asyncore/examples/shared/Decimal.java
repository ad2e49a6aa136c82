// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

/** Numbers as protocols write them: any number of ASCII digits, without a sign. */
public final class Decimal {
    private Decimal() {}

    public static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns the number, or {@link Long#MAX_VALUE} if it is larger. Leading zeros do not count. */
    public static long parse(String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
