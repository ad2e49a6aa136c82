// SPDX-License-Identifier: Apache-2.0
package org.asyncore.blocking;

import java.nio.ByteBuffer;

/** A queue of bytes with a fixed capacity. Its owner guards it by a lock. */
final class ByteRing {
    private static final int CAPACITY = 16384; // a record of TLS

    private final byte[] ring = new byte[CAPACITY];
    private int first; // index of the first byte
    private int size;

    int size() {
        return size;
    }

    int room() {
        return CAPACITY - size;
    }

    /** Appends bytes, as many as there is room for. Returns their number. */
    int append(byte[] source, int offset, int length) {
        int n = Math.min(length, room());
        int end = end();
        int untilWrap = Math.min(n, CAPACITY - end);
        System.arraycopy(source, offset, ring, end, untilWrap);
        System.arraycopy(source, offset + untilWrap, ring, 0, n - untilWrap);
        size += n;
        return n;
    }

    /** Appends all bytes of a buffer, which has no more than there is room for. */
    void append(ByteBuffer source) {
        int n = source.remaining();
        int end = end();
        int untilWrap = Math.min(n, CAPACITY - end);
        source.get(ring, end, untilWrap).get(ring, 0, n - untilWrap);
        size += n;
    }

    /** Takes the first byte out, and returns it: 0 to 255. */
    int take() {
        int taken = ring[first] & 0xff;
        drop(1);
        return taken;
    }

    /** Takes the first bytes out, as many as there are. Returns their number. */
    int take(byte[] target, int offset, int length) {
        int n = Math.min(length, size);
        int untilWrap = Math.min(n, CAPACITY - first);
        System.arraycopy(ring, first, target, offset, untilWrap);
        System.arraycopy(ring, 0, target, offset + untilWrap, n - untilWrap);
        drop(n);
        return n;
    }

    /** Copies all bytes to a buffer, which has room for them. They stay until they are dropped. */
    void copyTo(ByteBuffer target) {
        int untilWrap = Math.min(size, CAPACITY - first);
        target.put(ring, first, untilWrap).put(ring, 0, size - untilWrap);
    }

    /** Drops the first bytes. */
    void drop(int n) {
        first = (first + n) % CAPACITY;
        size -= n;
    }

    private int end() {
        return (first + size) % CAPACITY;
    }
}
