// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs the exceptions of dispatchers that do not override {@code handleError}. */
final class FailureLog {
    private FailureLog() {}

    /** Returns true if a connection was refused, or could not be established for another reason of the network. */
    static boolean isRefusal(Throwable cause) {
        return isUnconnected(cause) || (cause instanceof SocketException && isUnconnected(cause.getCause()));
    }

    private static boolean isUnconnected(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException;
    }

    static void log(Logger log, Dispatcher dispatcher, Throwable cause) {
        try {
            if (isRefusal(cause)) {
                log.info("{} is closed: {}", dispatcher, cause.getMessage());
            } else {
                log.error("uncaptured exception, closing channel {}", dispatcher, cause);
            }
        } catch (OutOfMemoryError e) {
            // logging needs memory too; closing may free some
        }
    }
}
