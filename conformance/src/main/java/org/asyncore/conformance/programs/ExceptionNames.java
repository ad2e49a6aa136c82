// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.PortUnreachableException;
import java.nio.channels.NotYetConnectedException;
import java.util.Locale;
import org.asyncore.conformance.traces.Errors;
import org.jspecify.annotations.Nullable;

/** ExceptionNames exceptions as the recordings do: with {@link Errors}, the one table of what the JDK has for CPython's numbers. */
final class ExceptionNames {
    private ExceptionNames() {}

    static String of(Throwable cause) {
        if (cause instanceof UncheckedIOException && cause.getCause() != null) {
            return of(cause.getCause());
        }
        if (cause instanceof PortUnreachableException) {
            return "ECONNREFUSED"; // a datagram that nobody wanted
        }
        if (cause instanceof BindException) {
            return "EADDRINUSE";
        }
        if (cause instanceof IOException && cause.getCause() instanceof NotYetConnectedException) {
            return "EDESTADDRREQ"; // a datagram that is sent to nobody
        }
        if (cause instanceof IOException && isBrokenPipe(cause.getMessage())) {
            return "EPIPE";
        }
        return Errors.name(cause);
    }

    /** The JDK has no class for it. */
    private static boolean isBrokenPipe(@Nullable String message) {
        return message != null && message.toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
