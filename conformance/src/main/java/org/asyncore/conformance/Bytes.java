// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Converts text to bytes and back. */
final class Bytes {
    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static ByteBuffer heap(String text) {
        return ByteBuffer.wrap(of(text));
    }

    static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length()).put(of(text)).flip();
    }

    /** Returns the text of the bytes before a buffer's position. */
    static String taken(ByteBuffer buffer) {
        return StandardCharsets.US_ASCII.decode(buffer.duplicate().flip()).toString();
    }
}
