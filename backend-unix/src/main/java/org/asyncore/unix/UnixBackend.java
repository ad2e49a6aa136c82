// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.Socket;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.asyncore.spi.DatagramSocketChannel;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ServerChannel;
import org.asyncore.spi.StreamChannel;

/** Opens the pollers and channels of one kernel: all of a backend but its name, priority and availability. */
public final class UnixBackend {
    private final Kernel kernel;

    /** What opens over this kernel, which must be available. */
    public UnixBackend(Kernel kernel) {
        this.kernel = kernel;
    }

    boolean seesUrgent() {
        return kernel.seesUrgent();
    }

    /** As {@link org.asyncore.spi.Backend#openPoller}. */
    public Poller openPoller() throws IOException {
        return UnixPoller.open(kernel);
    }

    /** As {@link org.asyncore.spi.Backend#openStream}. */
    public StreamChannel openStream(ProtocolFamily family) throws IOException {
        Socket socket = Sockets.openStream(family);
        return new UnixStreamChannel(this, family, socket);
    }

    /** As {@link org.asyncore.spi.Backend#openServer}. */
    public ServerChannel openServer(ProtocolFamily family) throws IOException {
        Socket socket = Sockets.openStream(family);
        return new UnixServerChannel(this, family, socket);
    }

    /** As {@link org.asyncore.spi.Backend#openDatagram}. */
    public DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        return new UnixDatagramChannel(family, Sockets.openDatagram(family));
    }

    /** As {@link org.asyncore.spi.Backend#openDescriptor(FileDescriptor)}. */
    public ByteChannel openDescriptor(FileDescriptor standard) throws IOException {
        return new Descriptors(kernel).standard(Objects.requireNonNull(standard, "standard"));
    }

    /** As {@link org.asyncore.spi.Backend#openDescriptor(Path, boolean)}. */
    public ByteChannel openDescriptor(Path path, boolean writing) throws IOException {
        return new Descriptors(kernel).open(Objects.requireNonNull(path, "path"), writing);
    }
}
