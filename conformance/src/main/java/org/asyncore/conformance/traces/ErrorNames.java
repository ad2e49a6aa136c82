// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Maps exceptions to their names in the recordings. */
public final class ErrorNames {
    private ErrorNames() {}

    /** Returns the symbol of a system error, the label of a scenario's exception, or the name of the class. */
    public static String name(Throwable cause) {
        if (cause instanceof UncheckedIOException && cause.getCause() != null) {
            return name(cause.getCause());
        }
        if (cause instanceof HookFailure || cause instanceof SystemError) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof ConnectException) {
            return "ECONNREFUSED";
        }
        if (cause instanceof ClosedChannelException) {
            return "EBADF";
        }
        if (cause instanceof IOException && isReset(cause.getMessage())) {
            return "ECONNRESET";
        }
        return cause.getClass().getSimpleName();
    }

    /**
     * Returns true if the message is that of ECONNRESET, for which the JDK has no class: "Connection reset",
     * "Connection reset by peer".
     */
    private static boolean isReset(@Nullable String message) {
        return message != null && message.toLowerCase(Locale.ROOT).contains("connection reset");
    }
}
