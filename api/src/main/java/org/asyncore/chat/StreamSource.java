// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A channel over a stream. An interrupt does not close it, unlike a channel of {@link java.nio.channels.Channels}. */
final class StreamSource implements ReadableByteChannel {
    private final InputStream stream;
    private boolean open = true;

    StreamSource(InputStream stream) {
        this.stream = requireNonNull(stream, "source");
    }

    /** Reads into a buffer that has an array. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        int n = stream.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
        target.position(target.position() + Math.max(0, n));
        return n;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        stream.close();
    }
}
