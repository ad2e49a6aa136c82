// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream that forwards each call to another one. Override the calls that shall differ.
 *
 * <p>{@link #listen} returns the listener that the stream below becomes, without a wrapper.
 */
public abstract class ForwardingStreamChannel implements StreamChannel, WrappingChannel {
    private final StreamChannel stream;

    /**
     * Makes a stream over another one, which is closed with it.
     *
     * @throws IllegalArgumentException if the other one is a {@link StreamLayer}, whose readiness differs from that of
     *     its transport: put the layer over this stream instead
     */
    protected ForwardingStreamChannel(StreamChannel stream) {
        if (requireNonNull(stream, "stream") instanceof StreamLayer) {
            throw new IllegalArgumentException("a layer cannot be wrapped, wrap its transport instead: " + stream);
        }
        this.stream = stream;
    }

    @Override
    public final StreamChannel wrapped() {
        return stream;
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
    public ServerChannel listen(int backlog) throws IOException {
        return stream.listen(backlog);
    }

    @Override
    public boolean isConnected() {
        return stream.isConnected();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return stream.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return stream.write(source);
    }

    @Override
    public int readUrgent() throws IOException {
        return stream.readUrgent();
    }

    @Override
    public void shutdownOutput() throws IOException {
        stream.shutdownOutput();
    }

    @Override
    public ForwardingStreamChannel bind(@Nullable SocketAddress local) throws IOException {
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
    public <T> ForwardingStreamChannel setOption(SocketOption<T> name, T value) throws IOException {
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
