// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * A pool of direct buffers of one size, for one thread. It keeps 4 MiB at most. More buffers, which many slow peers
 * needed at once, are left to the garbage collector, which frees their memory.
 */
public final class BufferPool {
    private static final int MAX_KEPT_BYTES = 4 << 20;

    private final int bufferBytes;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    public BufferPool(int bufferBytes) {
        this.bufferBytes = bufferBytes;
    }

    public int bufferBytes() {
        return bufferBytes;
    }

    public ByteBuffer take() {
        ByteBuffer buffer = free.pollLast(); // the one last used, which the processor's cache may still hold
        return buffer == null ? ByteBuffer.allocateDirect(bufferBytes) : buffer.clear();
    }

    public void giveBack(ByteBuffer buffer) {
        if ((free.size() + 1L) * bufferBytes <= MAX_KEPT_BYTES) {
            free.addLast(buffer);
        }
    }
}
