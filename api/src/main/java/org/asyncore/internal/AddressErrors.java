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
        String message = attempt + " " + address + ": " + cause.getMessage();
        SocketException failure = cause instanceof BindException
                ? new BindException(message)
                : cause instanceof ConnectException ? new ConnectException(message) : new SocketException(message);
        failure.initCause(cause);
        return failure;
    }
}
