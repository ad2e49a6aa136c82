// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.Socket;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.Path;
import java.util.Objects;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** A backend over one kernel queue; epoll and kqueue extend it by their name and their kernel. */
public abstract class UnixBackend implements Backend {
    private final String name;
    private volatile @Nullable Kernel kernel; // from the first use on, by any thread; two are as good as one

    /** Touches nothing of Netty: a backend must load on any system. */
    protected UnixBackend(String name) {
        this.name = name;
    }

    /** The kernel, which is available. */
    protected abstract Kernel openKernel();

    /** What Netty says of itself. */
    protected abstract @Nullable Throwable nettyUnavailabilityCause();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int priority() {
        return 100;
    }

    @Override
    public final @Nullable Throwable unavailabilityCause() {
        try {
            return nettyUnavailabilityCause();
        } catch (LinkageError e) { // Netty's classes are missing, or another version's
            return e;
        }
    }

    /** To be called before any socket is opened, too: it loads Netty's native code. */
    private Kernel kernel() {
        Kernel current = kernel;
        if (current == null) {
            current = openKernel();
            kernel = current;
        }
        return current;
    }

    boolean seesUrgent() {
        return kernel().seesUrgent();
    }

    @Override
    public final void checkRegistrable(Channel channel) {
        UnixPoller.registrable(channel, name);
    }

    @Override
    public final Poller openPoller() throws IOException {
        return UnixPoller.open(kernel());
    }

    @Override
    public final StreamChannel openStream(ProtocolFamily family) throws IOException {
        kernel();
        Socket socket = Sockets.openStream(family);
        return new UnixStreamChannel(this, family, socket);
    }

    @Override
    public final ServerChannel openServer(ProtocolFamily family) throws IOException {
        kernel();
        Socket socket = Sockets.openStream(family);
        return new UnixServerChannel(this, family, socket);
    }

    @Override
    public final DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        kernel();
        return new UnixDatagramChannel(family, Sockets.openDatagram(family));
    }

    @Override
    public final ByteChannel openStandardStream(FileDescriptor standard) throws IOException {
        return new Descriptors(kernel()).standard(Objects.requireNonNull(standard, "standard"));
    }

    @Override
    public final ByteChannel openPipe(Path path, boolean writing) throws IOException {
        return new Descriptors(kernel()).open(Objects.requireNonNull(path, "path"), writing);
    }

    @Override
    public final String toString() {
        return name;
    }
}
