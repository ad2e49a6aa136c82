// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.nio.ByteBuffer;

/** One direct buffer for each thread, to copy heap buffers through: Netty's sockets accept direct buffers only. */
final class ScratchBuffer {
    static final int BYTES = 1 << 16; // room for any datagram

    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BYTES));

    private ScratchBuffer() {}

    static ByteBuffer get() {
        return BUFFER.get();
    }
}
