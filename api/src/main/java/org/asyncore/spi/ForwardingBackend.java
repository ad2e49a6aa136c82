// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A backend that forwards each call to another one. Override the calls that shall differ: the channels that they return
 * may be {@link org.asyncore.channels.WrappingChannel}s. {@link org.asyncore.LoopBuilder#backend} gives it to a loop.
 */
public abstract class ForwardingBackend implements Backend {
    private final Backend backend;

    /** Makes a backend over another one. */
    protected ForwardingBackend(Backend backend) {
        this.backend = requireNonNull(backend, "backend");
    }

    /** Returns the backend below. */
    public final Backend wrapped() {
        return backend;
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public int priority() {
        return backend.priority();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return backend.unavailabilityCause();
    }

    @Override
    public void checkRegistrable(Channel channel) {
        backend.checkRegistrable(channel);
    }

    @Override
    public Poller openPoller() throws IOException {
        return backend.openPoller();
    }

    @Override
    public StreamChannel openStream(ProtocolFamily family) throws IOException {
        return backend.openStream(family);
    }

    @Override
    public ServerChannel openServer(ProtocolFamily family) throws IOException {
        return backend.openServer(family);
    }

    @Override
    public ServerChannel openInheritedServer(int descriptor) throws IOException {
        return backend.openInheritedServer(descriptor);
    }

    @Override
    public DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        return backend.openDatagram(family);
    }

    @Override
    public ByteChannel openStandardStream(FileDescriptor standard) throws IOException {
        return backend.openStandardStream(standard);
    }

    @Override
    public ByteChannel openPipe(Path path, boolean writing) throws IOException {
        return backend.openPipe(path, writing);
    }

    @Override
    public ByteChannel openFile(Path path, OpenOption... options) throws IOException {
        return backend.openFile(path, options);
    }

    @Override
    public String toString() {
        return backend.toString();
    }
}
