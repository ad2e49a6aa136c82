// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Queued bytes, in chunks. A byte is copied once when it is appended and once for each attempt to send it, because
 * nothing is compacted.
 */
public final class ByteBacklog {
    private static final int CHUNK_BYTES = 65536;

    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(2); // each from its position to its limit
    private int bytes;

    /** Returns the number of bytes. */
    public int bytes() {
        return bytes;
    }

    /**
     * Appends a copy of the bytes, and takes them out of the source.
     *
     * @throws IllegalStateException if 2 GiB or more would be queued then; nothing has changed
     */
    public void append(ByteBuffer source) {
        int n = source.remaining();
        if (n > Integer.MAX_VALUE - bytes) {
            throw new IllegalStateException(bytes + " bytes are queued, and " + n
                    + " more would exceed 2 GiB: send less until the peer has received some, see setWaterMarks");
        }
        if (n > 0) {
            put(source, n);
            bytes += n;
        }
    }

    /**
     * Appends n bytes. The last chunk is filled first. The next one is allocated before that, so that a lack of memory
     * changes nothing.
     */
    private void put(ByteBuffer source, int n) {
        ByteBuffer last = chunks.peekLast();
        int room = last == null ? 0 : last.capacity() - last.limit();
        if (n > room) {
            ByteBuffer next = ByteBuffer.allocate(Math.max(n - room, Math.min(bytes, CHUNK_BYTES)));
            if (last != null) {
                fill(last, source, room);
            }
            chunks.addLast(next.limit(0));
            last = next;
        }
        fill(requireNonNull(last), source, source.remaining());
    }

    private static void fill(ByteBuffer chunk, ByteBuffer source, int n) {
        int end = chunk.limit();
        chunk.limit(end + n).put(end, source, source.position(), n);
        source.position(source.position() + n);
    }

    /** Copies the first bytes, as many as the target has room for. They stay until they are dropped. */
    public void copyTo(ByteBuffer target) {
        for (ByteBuffer chunk : chunks) {
            int n = Math.min(chunk.remaining(), target.remaining());
            target.put(target.position(), chunk, chunk.position(), n).position(target.position() + n);
            if (!target.hasRemaining()) {
                return;
            }
        }
    }

    /** Drops the first bytes. */
    public void drop(int count) {
        int left = count;
        bytes -= count;
        while (left > 0) {
            ByteBuffer first = requireNonNull(chunks.peekFirst());
            int n = Math.min(left, first.remaining());
            first.position(first.position() + n);
            left -= n;
            if (!first.hasRemaining()) {
                chunks.removeFirst();
            }
        }
    }
}
