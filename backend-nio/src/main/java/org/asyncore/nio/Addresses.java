// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NetworkChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Checks addresses before the JDK sees them: its own exceptions are unchecked and have no message. */
final class Addresses {
    private Addresses() {}

    /**
     * Returns the address if a channel of this family can use it.
     *
     * @throws UnknownHostException if its host has not been found
     * @throws IllegalArgumentException if it is of another family
     */
    static SocketAddress check(ProtocolFamily family, SocketAddress address) throws UnknownHostException {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        if (!fits(family, address)) {
            throw new IllegalArgumentException("not an address of " + family + ": " + address);
        }
        return address;
    }

    /** One of the JDK's bind methods. */
    interface Binder {
        Object bind(@Nullable SocketAddress local) throws IOException;
    }

    /** Binds, and says by one kind of exception that this failed: the JDK has several, also unchecked ones. */
    static void bind(@Nullable SocketAddress local, Binder binder) throws IOException {
        try {
            binder.bind(local);
        } catch (BindException e) {
            throw e;
        } catch (SocketException e) {
            throw bindFailure(String.valueOf(e.getMessage()), e);
        } catch (AlreadyBoundException | AlreadyConnectedException | ConnectionPendingException e) {
            throw bindFailure("the socket is bound already", e);
        }
    }

    private static BindException bindFailure(String message, Exception cause) {
        BindException failure = new BindException(message);
        failure.initCause(cause);
        return failure;
    }

    /** Removes the name of a closed Unix-domain socket: it outlives the socket, unix(7), and would count as in use. */
    static void unlink(@Nullable SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress unix && isSocket(unix.getPath())) {
            Files.delete(unix.getPath());
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther();
    }

    private static boolean fits(ProtocolFamily family, SocketAddress address) {
        if (family == StandardProtocolFamily.UNIX) {
            return address instanceof UnixDomainSocketAddress;
        }
        if (!(address instanceof InetSocketAddress inet)) {
            return false;
        }
        InetAddress host = inet.getAddress();
        return family == StandardProtocolFamily.INET6 || host instanceof Inet4Address;
    }

    /** The channel's own address, for messages. */
    static String local(NetworkChannel channel) {
        try {
            return String.valueOf(channel.getLocalAddress());
        } catch (IOException e) {
            return "closed";
        }
    }
}
