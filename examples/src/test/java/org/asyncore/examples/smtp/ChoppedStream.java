// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.asyncore.channels.ForwardingStreamChannel;
import org.asyncore.channels.StreamChannel;

/** A stream that reads and writes a random number of bytes at a time. */
final class ChoppedStream extends ForwardingStreamChannel {
    private final Random random;
    private final int mostBytes;

    ChoppedStream(StreamChannel stream, Random random, int mostBytes) {
        super(stream);
        this.random = random;
        this.mostBytes = mostBytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = shorten(target);
        try {
            return super.read(target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int limit = shorten(source);
        try {
            return super.write(source);
        } finally {
            source.limit(limit);
        }
    }

    private int shorten(ByteBuffer buffer) {
        int limit = buffer.limit();
        buffer.limit(buffer.position() + Math.min(buffer.remaining(), 1 + random.nextInt(mostBytes)));
        return limit;
    }
}
