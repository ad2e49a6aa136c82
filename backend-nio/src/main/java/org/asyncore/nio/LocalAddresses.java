// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ConnectionPendingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** Binds sockets to local addresses, and removes those of closed Unix-domain sockets. */
final class LocalAddresses {
    private LocalAddresses() {}

    /** One of the JDK's bind methods. */
    interface Binder {
        Object bind(@Nullable SocketAddress local) throws IOException;
    }

    /**
     * Binds a socket of this family. Reports each failure by a {@link BindException}, where the JDK has several exceptions,
     * some of them unchecked.
     */
    static void bind(ProtocolFamily family, @Nullable SocketAddress local, Binder binder) throws IOException {
        if (local != null) {
            Backend.checkAddress(family, local);
        }
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

    /** Removes the file of a closed Unix-domain socket: it outlives the socket, unix(7), and would count as in use. */
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
}
