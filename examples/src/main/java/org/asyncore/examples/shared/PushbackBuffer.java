// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.nio.ByteBuffer;

/**
 * Keeps bytes that were received too early, to be received again. One read may bring more requests than can be
 * answered.
 */
public final class PushbackBuffer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer bytes = NOTHING;

    public boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    /** Adds all bytes of the buffer. */
    public void add(ByteBuffer more) {
        bytes = ByteBuffer.allocate(bytes.remaining() + more.remaining())
                .put(bytes)
                .put(more)
                .flip();
    }

    /** Moves as many bytes as fit, and returns how many. */
    public int moveTo(ByteBuffer target) {
        int n = Math.min(bytes.remaining(), target.remaining());
        target.put(bytes.slice(bytes.position(), n));
        bytes.position(bytes.position() + n);
        if (isEmpty()) {
            clear();
        }
        return n;
    }

    public void clear() {
        bytes = NOTHING;
    }
}
