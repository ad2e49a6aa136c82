// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes as text for the log. */
final class Ascii {
    private Ascii() {}

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The first n bytes from the buffer's position on. */
    static String of(ByteBuffer buffer, int n) {
        return StandardCharsets.ISO_8859_1
                .decode(buffer.slice(buffer.position(), n))
                .toString();
    }
}
