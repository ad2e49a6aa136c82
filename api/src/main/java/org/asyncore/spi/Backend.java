// SPDX-License-Identifier: Apache-2.0
package org.asyncore.spi;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Objects;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.internal.OpenedFile;
import org.jspecify.annotations.Nullable;

/**
 * One provider of pollers, and of the channels that fit them. Found by {@link java.util.ServiceLoader}; all methods may
 * be called from any thread.
 */
public interface Backend {
    /** Returns the name that users choose it by: {@code nio}, {@code epoll}, {@code kqueue}. */
    String name();

    /**
     * Returns the rank of this backend: if the user chooses none, the available one of the highest rank is used. The
     * JDK's has 0.
     */
    int priority();

    /** Returns the reason why this backend cannot run here, or null if it can. */
    @Nullable
    Throwable unavailabilityCause();

    /**
     * Checks that a poller of this backend can register the channel. A loop never gives it a
     * {@link org.asyncore.channels.WrappingChannel}, but the channel that is polled in its place.
     *
     * @throws IllegalArgumentException if neither this backend opened the channel nor one of its listeners accepted it
     * @throws IllegalStateException if the channel is registered with a poller already
     */
    void checkRegistrable(Channel channel);

    /**
     * Checks that a socket of this family can use the address. For the channels of backends, which all call it before they
     * bind, connect or send.
     *
     * @throws UnknownHostException if the name of its host is not resolved
     * @throws IllegalArgumentException if it is an address of another family
     */
    static void checkAddress(ProtocolFamily family, SocketAddress address) throws UnknownHostException {
        Objects.requireNonNull(address, "address");
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        boolean fits = family == StandardProtocolFamily.UNIX
                ? address instanceof UnixDomainSocketAddress
                : address instanceof InetSocketAddress inet
                        && (family == StandardProtocolFamily.INET6 || inet.getAddress() instanceof Inet4Address);
        if (!fits) {
            throw new IllegalArgumentException("not an address of " + family.name() + ": " + address);
        }
    }

    /** Opens a poller. */
    Poller openPoller() throws IOException;

    /**
     * Opens an unconnected stream socket.
     *
     * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or {@code UNIX}
     * @throws UnsupportedOperationException if the family is not supported
     */
    StreamChannel openStream(ProtocolFamily family) throws IOException;

    /** Opens a stream socket that will listen; families and exceptions as for {@link #openStream}. */
    ServerChannel openServer(ProtocolFamily family) throws IOException;

    /**
     * Opens a listening socket that this process has inherited, of TCP or of the Unix domain. The descriptor may be
     * blocking, and may be one that other processes have, too. It is closed with the channel.
     *
     * @param descriptor its number, from 3 on
     * @throws IOException if it is no stream socket that listens
     * @throws IllegalArgumentException if it is a standard stream
     * @throws UnsupportedOperationException if this backend cannot, as the JDK's cannot
     */
    default ServerChannel openInheritedServer(int descriptor) throws IOException {
        throw new UnsupportedOperationException(
                name() + " cannot open an inherited descriptor by its number; use the poller epoll or kqueue");
    }

    /** Opens a datagram socket; {@code INET} or {@code INET6}. */
    DatagramSocketChannel openDatagram(ProtocolFamily family) throws IOException;

    /**
     * Opens one of the process's standard streams for polling, whatever it is: a pipe, a socket, a terminal, a regular
     * file, a device, blocking or not. If a read or write fails, and not because the other side has gone, it throws a
     * {@link java.nio.file.FileSystemException}; so it does on a pipe.
     *
     * @param standard {@link FileDescriptor#in} to read, {@link FileDescriptor#out} or {@link FileDescriptor#err} to
     *     write; it is not closed with the channel
     * @throws IllegalArgumentException if it is another descriptor
     */
    ByteChannel openStandardStream(FileDescriptor standard) throws IOException;

    /**
     * Opens one end of a pipe, a FIFO, a terminal or another character device for polling; never a regular file, which
     * is always ready. Opening a FIFO does not wait for the other side. Reading it returns 0 until the first writer has
     * come, and -1 after the last one has gone.
     *
     * @param path the file's path
     * @param writing true to write, false to read
     */
    ByteChannel openPipe(Path path, boolean writing) throws IOException;

    /**
     * Opens a regular file, which is always ready and never polled. Other kinds of channels cannot take its place: an
     * override returns the channel of this method, or a {@link org.asyncore.channels.WrappingChannel} over it.
     *
     * @param path the file's path
     * @param options as for {@link java.nio.channels.FileChannel#open}; none to read
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    default ByteChannel openFile(Path path, OpenOption... options) throws IOException {
        return OpenedFile.open(path, options);
    }
}
