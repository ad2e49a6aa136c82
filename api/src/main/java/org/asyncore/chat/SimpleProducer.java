// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.nio.ByteBuffer;

/** Gives bytes in blocks of a size: asynchat's {@code simple_producer}. */
public final class SimpleProducer implements Producer {
    private final ByteBuffer block;
    private final int blockBytes;

    /** Blocks of 512 bytes. */
    public SimpleProducer(byte[] data) {
        this(data, 512);
    }

    /**
     * Blocks of that size, the last one excepted.
     *
     * @param data not copied
     * @throws IllegalArgumentException if the size is not positive
     */
    public SimpleProducer(byte[] data, int blockBytes) {
        if (blockBytes <= 0) {
            throw new IllegalArgumentException("the size of a block is not positive: " + blockBytes);
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
