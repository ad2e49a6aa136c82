// SPDX-License-Identifier: Apache-2.0
package org.asyncore.scripted;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Set;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.jspecify.annotations.Nullable;

/** A listener whose {@code accept} fails with {@link TooManyOpenFilesException} while {@link #exhausted} is set. */
public final class ScriptedServer implements ServerChannel {
    public boolean exhausted = true;

    @Override
    public StreamChannel accept() throws IOException {
        if (exhausted) {
            throw new TooManyOpenFilesException(new IOException("by the test"));
        }
        return new ScriptedStream("accepted");
    }

    @Override
    public ServerChannel bind(@Nullable SocketAddress local, int backlog) {
        return this;
    }

    @Override
    public void listen(int backlog) {}

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public <T> ServerChannel setOption(SocketOption<T> option, T value) {
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
        return true;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "listener";
    }
}
