// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * Gives what a file or an {@link InputStream} holds, and closes it. Reading blocks the loop for as long as the source does,
 * so that source had better be a file or memory.
 */
public final class ChannelProducer implements Producer {
    private static final int BLOCK_BYTES = 65536;

    private final ReadableByteChannel source;
    private final boolean exact;
    private final ByteBuffer block;
    private long left;

    private ChannelProducer(ReadableByteChannel source, long count, boolean exact) {
        this.source = requireNonNull(source, "source");
        this.exact = exact;
        this.left = count;
        this.block = ByteBuffer.allocate((int) Math.max(1, Math.min(count, BLOCK_BYTES)));
    }

    /** All that the stream gives. */
    public static ChannelProducer of(InputStream source) {
        return new ChannelProducer(Channels.newChannel(source), Long.MAX_VALUE, false);
    }

    /** All that the channel gives from its position on; a blocking channel. */
    public static ChannelProducer of(ReadableByteChannel source) {
        return new ChannelProducer(source, Long.MAX_VALUE, false);
    }

    /**
     * A part of a file. When the file turns out shorter, {@link #more} throws an {@link EOFException}, since the peer may
     * have been promised that many bytes.
     *
     * @throws IOException if the file cannot be positioned
     */
    public static ChannelProducer of(FileChannel source, long position, long count) throws IOException {
        return new ChannelProducer(source.position(position), count, true);
    }

    @Override
    public ByteBuffer more() throws IOException {
        block.clear().limit((int) Math.min(block.capacity(), left));
        int n = block.hasRemaining() ? source.read(block) : -1;
        if (n < 0 && exact && left > 0) {
            throw new EOFException(left + " bytes are missing at the end of " + source);
        }
        left -= Math.max(0, n);
        return block.flip();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
