// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** Errors that name the address they are about. */
public final class AddressErrors {
    private static final String NO_PORT =
            " (all local ports may be in use: close connections, or widen net.ipv4.ip_local_port_range)";

    private AddressErrors() {}

    /**
     * Returns the same failure with a message about the attempt and its address. A failure of another kind is returned
     * as it is, and so is one about an unresolved address, because {@link HostStream} has named it.
     */
    public static IOException failed(String attempt, @Nullable SocketAddress address, IOException cause) {
        boolean named = address instanceof InetSocketAddress inet && inet.isUnresolved();
        if (named || !(cause instanceof SocketException)) {
            return cause;
        }
        String message = attempt + " " + address + ": " + cause.getMessage() + hint(attempt, address, cause);
        SocketException failure = cause instanceof BindException
                ? new BindException(message)
                : cause instanceof ConnectException ? new ConnectException(message) : new SocketException(message);
        failure.initCause(cause);
        return failure;
    }

    /** Returns what the text of EADDRNOTAVAIL or EADDRINUSE does not say, or nothing. */
    private static String hint(String attempt, @Nullable SocketAddress address, IOException cause) {
        String text = String.valueOf(cause.getMessage());
        boolean binding = attempt.contains("bind");
        if (text.contains("assign requested address")) {
            return binding ? " (no network interface has it)" : NO_PORT;
        }
        boolean anyPort = binding && address instanceof InetSocketAddress inet && inet.getPort() == 0;
        return anyPort && text.contains("in use") ? NO_PORT : "";
    }
}
