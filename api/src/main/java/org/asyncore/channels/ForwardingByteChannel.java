// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A file, pipe or standard stream that forwards each call to another one. Override the calls that shall differ. */
public abstract class ForwardingByteChannel implements ByteChannel, WrappingChannel {
    private final ByteChannel channel;

    /** Makes a channel over another one, which is closed with it. */
    protected ForwardingByteChannel(ByteChannel channel) {
        this.channel = requireNonNull(channel, "channel");
    }

    @Override
    public final ByteChannel wrapped() {
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
