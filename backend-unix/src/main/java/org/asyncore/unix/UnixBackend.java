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
import java.util.function.Supplier;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/** A backend over one kernel queue; epoll and kqueue extend it by their names and queues. */
public abstract class UnixBackend implements Backend {
    private final String name;
    private final Supplier<KernelQueue> opener;
    private final Supplier<@Nullable Throwable> nettyUnavailabilityCause;

    private volatile @Nullable KernelQueue kernel; // set at the first use, by any thread; a second one would do no harm

    /**
     * Loads no class of Netty, because a backend must load on any system.
     *
     * @param kernel makes the kernel queue; called only where it is available
     * @param nettyUnavailabilityCause returns the reason why Netty's transport cannot run here, or null
     */
    protected UnixBackend(
            String name, Supplier<KernelQueue> kernel, Supplier<@Nullable Throwable> nettyUnavailabilityCause) {
        this.name = name;
        this.opener = kernel;
        this.nettyUnavailabilityCause = nettyUnavailabilityCause;
    }

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
            return nettyUnavailabilityCause.get();
        } catch (LinkageError e) { // Netty's classes are missing, or of another version
            return e;
        }
    }

    /** Returns the kernel queue. Called before any socket is opened, because it loads Netty's native code. */
    private KernelQueue kernel() {
        KernelQueue current = kernel;
        if (current == null) {
            current = opener.get();
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
    public final ServerChannel openInheritedServer(int descriptor) throws IOException {
        return InheritedServer.open(this, kernel(), descriptor);
    }

    @Override
    public final DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        kernel();
        return new UnixDatagramChannel(family, Sockets.openDatagram(family));
    }

    @Override
    public final ByteChannel openStandardStream(FileDescriptor standard) throws IOException {
        return new DescriptorOpener(kernel()).standard(Objects.requireNonNull(standard, "standard"));
    }

    @Override
    public final ByteChannel openPipe(Path path, boolean writing) throws IOException {
        try {
            return new DescriptorOpener(kernel()).open(Objects.requireNonNull(path, "path"), writing);
        } catch (IOException e) {
            throw TooManyOpenFilesException.recognize(e);
        }
    }

    @Override
    public final String toString() {
        return name;
    }
}
