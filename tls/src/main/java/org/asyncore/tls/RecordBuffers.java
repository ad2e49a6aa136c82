// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Spare buffers of a thread. A connection owns buffers only while there are bytes in them, and a busy one makes no
 * garbage.
 *
 * <p>They are on the heap, because OpenJDK 17 to 25 copies direct buffers to arrays that it allocates. That costs more
 * time than a transport's own copy (25 % or more for a 16 KiB record), and twice the garbage.
 */
final class RecordBuffers {
    /** Room for one record, 16,709 bytes at most. */
    static final int RECORD = 17 * 1024;

    /** Room for 64 KiB: in TLS 1.3 these are four records and the beginning of a fifth. */
    static final int BATCH = 5 * RECORD;

    private static final int SPARE = 16; // of each size

    // per thread, because a channel is made without its loop, and a loop is a thread
    private static final ThreadLocal<RecordBuffers> OF_THREAD = ThreadLocal.withInitial(RecordBuffers::new);

    private final ArrayDeque<ByteBuffer> records = new ArrayDeque<>(SPARE);
    private final ArrayDeque<ByteBuffer> batches = new ArrayDeque<>(SPARE);

    /** Returns a cleared buffer of at least that size. */
    static ByteBuffer take(int bytes) {
        if (bytes > BATCH) {
            return ByteBuffer.allocate(bytes);
        }
        RecordBuffers buffers = OF_THREAD.get();
        ByteBuffer spare = (bytes > RECORD ? buffers.batches : buffers.records).pollLast();
        return spare == null ? ByteBuffer.allocate(bytes > RECORD ? BATCH : RECORD) : spare.clear();
    }

    static void giveBack(ByteBuffer buffer) {
        RecordBuffers buffers = OF_THREAD.get();
        ArrayDeque<ByteBuffer> spare = buffer.capacity() > RECORD ? buffers.batches : buffers.records;
        if (spare.size() < SPARE && buffer.capacity() <= BATCH) {
            spare.addLast(buffer);
        }
    }
}
