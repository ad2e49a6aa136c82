// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.nio.ByteBuffer;

/** Produces the bytes of an array in blocks of one size: asynchat's {@code simple_producer}. */
public final class SimpleProducer implements Producer {
    private final ByteBuffer block;
    private final int blockBytes;

    /** Makes a producer of blocks of 512 bytes. */
    public SimpleProducer(byte[] data) {
        this(data, 512);
    }

    /**
     * Makes a producer of blocks of this size; the last one may be shorter.
     *
     * @param data not copied
     * @throws IllegalArgumentException if the size is not positive
     */
    public SimpleProducer(byte[] data, int blockBytes) {
        if (blockBytes <= 0) {
            throw new IllegalArgumentException("the block size is not positive: " + blockBytes);
        }
        this.block = ByteBuffer.wrap(data).limit(0);
        this.blockBytes = blockBytes;
    }

    @Override
    public ByteBuffer more() {
        int from = block.limit();
        return block.limit(from + Math.min(block.capacity() - from, blockBytes)).position(from);
    }
}
