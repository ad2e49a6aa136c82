// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.nio.ByteBuffer;

/** One direct buffer a thread, through which heap buffers travel: Netty's sockets take direct ones only. */
final class Scratch {
    static final int BYTES = 1 << 16; // any datagram fits

    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BYTES));

    private Scratch() {}

    static ByteBuffer buffer() {
        return BUFFER.get();
    }
}
