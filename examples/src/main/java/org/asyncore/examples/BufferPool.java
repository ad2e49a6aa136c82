// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Direct buffers of one size, as many as were ever in use at once. One thread. */
final class BufferPool {
    private final int bufferBytes;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    BufferPool(int bufferBytes) {
        this.bufferBytes = bufferBytes;
    }

    ByteBuffer take() {
        ByteBuffer buffer = free.pollLast(); // the one last used, which the processor's cache may still hold
        return buffer == null ? ByteBuffer.allocateDirect(bufferBytes) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.addLast(buffer);
    }
}
