// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.unix.Errors.NativeIoException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.spi.NoDescriptorsException;

/** Says what failed where: Netty's exceptions name the system call only. */
final class Failures {
    // The same on Linux, macOS and the BSDs.
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;

    /** Netty's exceptions of connect(2) tell the number in their text only. */
    private static final Pattern NUMBER = Pattern.compile("error\\(-(\\d+)\\)");

    private Failures() {}

    /**
     * The failure of a system call on what is open, naming it.
     *
     * @param place a channel, or what was to be one
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
        return new IOException(place + ": " + reason(cause), cause);
    }

    /** The failure of connect(2), in the JDK's kinds, of which {@link ConnectException} is for who was refused. */
    static IOException connecting(IOException cause) {
        if (cause instanceof ClosedChannelException) {
            return cause;
        }
        boolean refused = cause instanceof FileNotFoundException || SystemNumbers.HERE.isRefused(errno(cause));
        return caused(
                refused
                        ? new ConnectException(reason(cause))
                        : cause instanceof NoRouteToHostException
                                ? new NoRouteToHostException(reason(cause))
                                : new SocketException(reason(cause)),
                cause);
    }

    /** The failure of bind(2) or listen(2). */
    static IOException binding(IOException cause) {
        return cause instanceof ClosedChannelException ? cause : caused(new BindException(reason(cause)), cause);
    }

    /** The system's error number, or 0. */
    static int errno(Exception failure) {
        if (failure instanceof NativeIoException e) {
            return -e.expectedErr();
        }
        Matcher number = NUMBER.matcher(String.valueOf(failure.getMessage()));
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    /** What the system says, without the call: Netty has {@code send(..) failed with error(-32): Broken pipe}. */
    private static String reason(Exception failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure instanceof NoRouteToHostException
                    ? "No route to host"
                    : failure.getClass().getSimpleName();
        }
        int start = message.indexOf("): ");
        return start < 0 ? message : message.substring(start + 3);
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
