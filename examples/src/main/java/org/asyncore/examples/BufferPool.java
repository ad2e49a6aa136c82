// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Direct buffers of one size, as many as were ever in use at once. One thread. */
final class BufferPool {
    private static final int BUFFER_BYTES = 16384;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    ByteBuffer take() {
        ByteBuffer buffer = free.pollLast(); // the one last used, which the processor's cache may still hold
        return buffer == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.addLast(buffer);
    }
}
