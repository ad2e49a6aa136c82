// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.nio.ByteBuffer;
import java.util.Random;

/** Random bytes that repeat. A lost, doubled or foreign piece of a stream shows, because the period is a prime. */
final class Pattern {
    static final int PERIOD = 65_521;

    private static final int LONGEST_BYTES = 65_536; // of one look
    private static final byte[] BYTES = bytes();

    private Pattern() {}

    private static byte[] bytes() {
        byte[] bytes = new byte[PERIOD + LONGEST_BYTES];
        new Random(1).nextBytes(bytes);
        for (int i = PERIOD; i < bytes.length; i++) {
            bytes[i] = bytes[i - PERIOD]; // in this order, because what follows is longer than a period
        }
        return bytes;
    }

    /** Puts n bytes, at most 65,536, from this position of a stream on. */
    static void put(ByteBuffer target, long position, int n) {
        target.put(BYTES, (int) (position % PERIOD), n);
    }

    /** Returns true if these bytes, at most 65,536, are those from this position of a stream on. */
    static boolean matches(ByteBuffer bytes, long position) {
        return bytes.equals(ByteBuffer.wrap(BYTES, (int) (position % PERIOD), bytes.remaining()));
    }
}
