// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where an item of the input ends: asynchat's terminator. Immutable, so that a protocol keeps its terminators in constants.
 */
public final class Terminator {
    /** The input has no items: all of it is collected as it comes, and {@link ChatDispatcher#foundTerminator} never called. */
    public static final Terminator NONE = new Terminator(new byte[0], 0);

    private final byte[] bytes;
    private final int[]
            fallback; // fallback[n]: how long a beginning of the bytes ends their first n + 1, itself excluded
    private final long count;

    private Terminator(byte[] bytes, long count) {
        this.bytes = bytes;
        this.count = count;
        this.fallback = new int[bytes.length];
        for (int n = 1; n < bytes.length; n++) {
            fallback[n] = matchedAfter(bytes[n], fallback[n - 1]);
        }
    }

    /** An item ends with these bytes, which are not part of it. No bytes are {@link #NONE}. */
    public static Terminator of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Terminator(bytes.clone(), 0);
    }

    /** An item ends with this text, as UTF-8. */
    public static Terminator of(String text) {
        return of(requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An item is so many bytes. Once they have come, the terminator is {@link #NONE}.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static Terminator count(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a negative count: " + bytes);
        }
        return bytes == 0 ? NONE : new Terminator(NONE.bytes, bytes);
    }

    /** How many bytes an item is, or 0 if no number ends it. */
    public long count() {
        return count;
    }

    /** The bytes that end an item, none if no bytes do. */
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    /** Puts the first n bytes. */
    void putBeginning(ByteBuffer target, int n) {
        target.put(bytes, 0, n);
    }

    /**
     * The search: Knuth's, Morris's and Pratt's, which looks at no byte of the input twice.
     *
     * @param matched how many bytes of the terminator precede this one; less than all
     * @return how many of them there are with it
     */
    int matchedAfter(byte next, int matched) {
        int n = matched;
        while (n > 0 && bytes[n] != next) {
            n = fallback[n - 1];
        }
        return bytes[n] == next ? n + 1 : n;
    }

    /** The first place from here on where the terminator could begin, or the end. */
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

    /** As in asynchat: a number, or the bytes. */
    @Override
    public String toString() {
        return bytes.length == 0 ? Long.toString(count) : new String(bytes, StandardCharsets.UTF_8);
    }
}
