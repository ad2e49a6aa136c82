// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A stream that counts calls and bytes, and moves no more bytes in a call than the test allows. */
final class LimitedStream implements StreamChannel {
    int reads; // reads that returned bytes
    int writes; // writes that took bytes
    IntUnaryOperator readable = bytes -> bytes;
    IntUnaryOperator writable = bytes -> bytes;
    long sent; // bytes
    long received;
    long tamperAt = -1; // the received byte to change; -1 for none
    boolean shut; // true once its output is shut down

    private final StreamChannel stream;

    LimitedStream(StreamChannel stream) {
        this.stream = stream;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + readable.applyAsInt(target.remaining()));
        int n = target.hasRemaining() ? stream.read(target) : 0;
        target.limit(limit);
        reads += n > 0 ? 1 : 0;
        if (tamperAt >= received && tamperAt < received + n) {
            int index = target.position() - n + (int) (tamperAt - received);
            target.put(index, (byte) (target.get(index) ^ 1));
        }
        received += Math.max(n, 0);
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int limit = source.limit();
        source.limit(source.position() + writable.applyAsInt(source.remaining()));
        int n = source.hasRemaining() ? stream.write(source) : 0;
        source.limit(limit);
        writes += n > 0 ? 1 : 0;
        sent += n;
        return n;
    }

    @Override
    public void shutdownOutput() throws IOException {
        shut = true;
        stream.shutdownOutput();
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return stream.connect(remote);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return stream.finishConnect();
    }

    @Override
    public boolean isConnected() {
        return stream.isConnected();
    }

    @Override
    public LimitedStream bind(@Nullable SocketAddress local) throws IOException {
        stream.bind(local);
        return this;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return stream.getLocalAddress();
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        return stream.getRemoteAddress();
    }

    @Override
    public <T> LimitedStream setOption(SocketOption<T> name, T value) throws IOException {
        stream.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return stream.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return stream.supportedOptions();
    }

    @Override
    public boolean isOpen() {
        return stream.isOpen();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    @Override
    public String toString() {
        return stream.toString();
    }
}
