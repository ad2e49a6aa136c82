// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.PortUnreachableException;
import java.nio.channels.NotYetConnectedException;
import java.util.Locale;
import org.asyncore.conformance.traces.ErrorNames;
import org.jspecify.annotations.Nullable;

/**
 * Maps the JDK's exceptions to the names of CPython's error numbers. This and {@link ErrorNames} are the only tables of
 * them.
 */
final class ExceptionNames {
    private ExceptionNames() {}

    static String of(Throwable cause) {
        if (cause instanceof UncheckedIOException && cause.getCause() != null) {
            return of(cause.getCause());
        }
        if (cause instanceof PortUnreachableException) {
            return "ECONNREFUSED"; // for a refused datagram
        }
        if (cause instanceof BindException) {
            return "EADDRINUSE";
        }
        if (cause instanceof IOException && cause.getCause() instanceof NotYetConnectedException) {
            return "EDESTADDRREQ"; // for a datagram without an address
        }
        if (cause instanceof IOException && isBrokenPipe(cause.getMessage())) {
            return "EPIPE";
        }
        return ErrorNames.name(cause);
    }

    /** Returns true if the message is that of EPIPE, for which the JDK has no class. */
    private static boolean isBrokenPipe(@Nullable String message) {
        return message != null && message.toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
