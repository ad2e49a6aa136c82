// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import io.netty.channel.epoll.Epoll;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import org.asyncore.spi.Backend;
import org.asyncore.spi.DatagramSocketChannel;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ServerChannel;
import org.asyncore.spi.StreamChannel;
import org.asyncore.unix.UnixBackend;
import org.jspecify.annotations.Nullable;

/** The backend {@code epoll}. */
public final class EpollBackend implements Backend {
    /** Netty's classes are not touched before a method asks for them: this one must load on any system. */
    private static final class Unix {
        static final UnixBackend BACKEND = new UnixBackend(new EpollKernel());
    }

    /** For {@link java.util.ServiceLoader}. */
    public EpollBackend() {}

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        try {
            return Epoll.unavailabilityCause();
        } catch (LinkageError e) { // Netty's classes are missing, or another version's
            return e;
        }
    }

    @Override
    public Poller openPoller() throws IOException {
        return Unix.BACKEND.openPoller();
    }

    @Override
    public StreamChannel openStream(ProtocolFamily family) throws IOException {
        return Unix.BACKEND.openStream(family);
    }

    @Override
    public ServerChannel openServer(ProtocolFamily family) throws IOException {
        return Unix.BACKEND.openServer(family);
    }

    @Override
    public DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException {
        return Unix.BACKEND.openDatagram(family);
    }

    @Override
    public ByteChannel openDescriptor(FileDescriptor standard) throws IOException {
        return Unix.BACKEND.openDescriptor(standard);
    }

    @Override
    public ByteChannel openDescriptor(Path path, boolean writing) throws IOException {
        return Unix.BACKEND.openDescriptor(path, writing);
    }

    @Override
    public String toString() {
        return name();
    }
}
