// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The end of an input item, bytes or a count: asynchat's terminator. Immutable, so a protocol can keep its terminators
 * in constants.
 */
public final class Terminator {
    /** No items: all input is collected as it comes, and {@link ChatDispatcher#foundTerminator} is never called. */
    public static final Terminator NONE = new Terminator(new byte[0], 0);

    private final byte[] bytes;
    private final int[] fallback; // KMP: length of the longest proper prefix that is also a suffix of bytes[0..n]
    private final long count;

    private Terminator(byte[] bytes, long count) {
        this.bytes = bytes;
        this.count = count;
        this.fallback = new int[bytes.length];
        for (int n = 1; n < bytes.length; n++) {
            fallback[n] = matchedAfter(bytes[n], fallback[n - 1]);
        }
    }

    /** Returns a terminator of these bytes, which are not part of the item. An empty array is {@link #NONE}. */
    public static Terminator of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Terminator(bytes.clone(), 0);
    }

    /** Returns a terminator of this text, as UTF-8. An empty text is {@link #NONE}. */
    public static Terminator of(String text) {
        return of(requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a terminator that ends an item after this number of bytes. When they have come, {@link #NONE} takes its
     * place. A count of 0 is {@code NONE} at once.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static Terminator count(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a negative count: " + bytes);
        }
        return bytes == 0 ? NONE : new Terminator(NONE.bytes, bytes);
    }

    /** Returns the number of bytes of an item, or 0 if no number ends it. */
    public long count() {
        return count;
    }

    /** Returns the bytes that end an item, none if no bytes do. */
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    /** Puts the first n bytes. */
    void putPrefix(ByteBuffer target, int n) {
        target.put(bytes, 0, n);
    }

    /**
     * Searches one byte further, by the algorithm of Knuth, Morris and Pratt, which looks at no byte of the input
     * twice.
     *
     * @param matched length of the terminator's prefix that ends before this byte; less than the whole
     * @return length of the prefix that ends with this byte
     */
    int matchedAfter(byte next, int matched) {
        int n = matched;
        while (n > 0 && bytes[n] != next) {
            n = fallback[n - 1];
        }
        return bytes[n] == next ? n + 1 : n;
    }

    /** Returns the first index from here on where the terminator can begin, or the end. */
    int skip(ByteBuffer input, int from, int end) {
        byte first = bytes[0];
        int i = from;
        while (i < end && input.get(i) != first) {
            i++;
        }
        return i;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Terminator other && count == other.count && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count) * 31 + Arrays.hashCode(bytes);
    }

    /** Returns the number, or the bytes as text, as asynchat has it. */
    @Override
    public String toString() {
        return bytes.length == 0 ? Long.toString(count) : new String(bytes, StandardCharsets.UTF_8);
    }
}
