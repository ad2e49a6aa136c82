// SPDX-License-Identifier: Apache-2.0
package org.asyncore.scripted;

import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Set;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A connection that always has a byte to read, and takes {@link #room} bytes. */
public final class ScriptedStream implements StreamChannel {
    public int room = Integer.MAX_VALUE;

    private final String name;
    private boolean open = true;

    public ScriptedStream(String name) {
        this.name = name;
    }

    @Override
    public int read(ByteBuffer target) {
        target.put((byte) 'x');
        return 1;
    }

    @Override
    public int write(ByteBuffer source) {
        int n = Math.min(room, source.remaining());
        source.position(source.position() + n);
        room -= n;
        return n;
    }

    @Override
    public boolean connect(SocketAddress remote) {
        return true;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public StreamChannel bind(@Nullable SocketAddress local) {
        return this;
    }

    @Override
    public <T> StreamChannel setOption(SocketOption<T> option, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> option) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public String toString() {
        return name;
    }
}
