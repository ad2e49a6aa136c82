// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Checks and makes ASCII text. */
public final class Ascii {
    private Ascii() {}

    /** Returns true if every character of the text is ASCII. */
    public static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** Returns the bytes as text for the log, one character for each byte. */
    public static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Returns the first n bytes from the buffer's position on as text for the log. */
    public static String of(ByteBuffer buffer, int n) {
        return StandardCharsets.ISO_8859_1
                .decode(buffer.slice(buffer.position(), n))
                .toString();
    }
}
