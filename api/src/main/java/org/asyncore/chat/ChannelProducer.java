// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Produces the bytes of a file or an {@link InputStream}, and closes it at the end. Reading blocks the loop for as long
 * as the source does, so use a file or memory. An interrupt of the loop's thread never closes an {@link InputStream}.
 * It closes a {@link FileChannel} only in the middle of a read, and that read fails.
 */
public final class ChannelProducer implements Producer {
    private static final int BLOCK_BYTES = 65536;

    private final ReadableByteChannel source;
    private final @Nullable FileChannel file; // the same channel, if a part of a file was asked for
    private final ByteBuffer block;
    private long position; // in the file
    private long left;

    private ChannelProducer(ReadableByteChannel source, @Nullable FileChannel file, long position, long count) {
        this.source = requireNonNull(source, "source");
        this.file = file;
        this.position = position;
        this.left = count;
        this.block = ByteBuffer.allocate((int) Math.max(1, Math.min(count, BLOCK_BYTES)));
    }

    /** Produces all bytes of a stream. */
    public static ChannelProducer of(InputStream source) {
        return of(new StreamSource(source));
    }

    /** Produces all bytes of a blocking channel, from its position on. */
    public static ChannelProducer of(ReadableByteChannel source) {
        return new ChannelProducer(source, null, 0, Long.MAX_VALUE);
    }

    /**
     * Produces a part of a file, whatever the channel's own position is. If the file turns out shorter, {@link #more}
     * throws an {@link EOFException}, because the peer may have been promised that many bytes.
     *
     * @throws IllegalArgumentException if the position or the count is negative
     */
    public static ChannelProducer of(FileChannel source, long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException("a negative position or count: " + position + ", " + count);
        }
        return new ChannelProducer(source, source, position, count);
    }

    @Override
    public ByteBuffer more() throws IOException {
        block.clear().limit((int) Math.min(block.capacity(), left));
        if (block.hasRemaining()) {
            int n = Math.max(0, read());
            position += n;
            left -= n;
            checkEnd(n);
        }
        return block.flip();
    }

    /**
     * Sets a pending interrupt aside while it reads, because that would close a {@link FileChannel}. It shall only stop
     * the loop.
     */
    private int read() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return file == null ? source.read(block) : file.read(block, position);
        } catch (ClosedByInterruptException e) {
            throw new IOException("an interrupt in the middle of a read closed " + source, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void checkEnd(int read) throws EOFException {
        if (read == 0 && file != null) {
            throw new EOFException(left + " bytes are missing at the end of " + file);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
