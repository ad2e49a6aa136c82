// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.Errors.NativeIoException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.asyncore.spi.NoDescriptorsException;

/** Says what failed where: Netty's exceptions name the system call only. */
final class Failures {
    // The same on Linux, macOS and the BSDs.
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;

    private Failures() {}

    /**
     * An exception of the kind that the system's answer asks for, naming the place.
     *
     * @param place a channel or an address
     */
    static IOException at(Object place, Exception failure) {
        if (failure instanceof ClosedChannelException closed) {
            return closed;
        }
        IOException cause = asIoException(failure);
        int errno = errno(cause);
        if (errno == EMFILE || errno == ENFILE) {
            return new NoDescriptorsException(cause);
        }
        String message = place + ": " + reason(cause);
        if (cause instanceof ConnectException || cause instanceof FileNotFoundException) {
            return caused(new ConnectException(message), cause);
        }
        if (cause instanceof NoRouteToHostException) {
            return caused(new NoRouteToHostException(message), cause);
        }
        return new IOException(message, cause);
    }

    /** The system's error number, or 0. */
    static int errno(Exception failure) {
        return failure instanceof NativeIoException e ? -e.expectedErr() : 0;
    }

    /** What the system says, without the call it says it about: Netty has {@code send(..) failed with error(-32): Broken pipe}. */
    static String reason(Exception failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure instanceof NoRouteToHostException
                    ? "no route to host"
                    : failure.getClass().getSimpleName();
        }
        int start = message.indexOf("): ");
        return (start < 0 ? message : message.substring(start + 3)).toLowerCase(Locale.ROOT);
    }

    /** Netty throws unchecked exceptions from some calls, with what the system said as cause or in the text. */
    private static IOException asIoException(Exception failure) {
        if (failure instanceof IOException e) {
            return e;
        }
        return failure.getCause() instanceof IOException e ? e : new IOException(failure.getMessage(), failure);
    }

    private static IOException caused(IOException exception, IOException cause) {
        exception.initCause(cause);
        return exception;
    }
}
