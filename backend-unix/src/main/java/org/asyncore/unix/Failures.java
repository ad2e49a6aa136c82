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
import org.asyncore.channels.TooManyOpenFilesException;

/** Says what failed where: Netty's exceptions name the system call only. */
final class Failures {
    // The same on Linux, macOS and the BSDs.
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int EINVAL = 22;

    /** Netty's exceptions of connect(2) tell the number in their text only. */
    private static final Pattern NUMBER = Pattern.compile("error\\(-(\\d+)\\)");

    private Failures() {}

    /** Loads all that accept without a descriptor needs, while there are some: a class file takes one, too. */
    static void rehearse() {
        NativeIoException none = new NativeIoException("accept", -EMFILE);
        boolean gone = SystemNumbers.HERE.isGone(errno(none));
        IOException told = at("no channel", none);
        assert !gone && told instanceof TooManyOpenFilesException;
    }

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
            return new TooManyOpenFilesException(cause);
        }
        return new IOException(place + ": " + reason(cause), cause);
    }

    /** The failure of connect(2), in the JDK's kinds: see {@code handleSocketError} in its {@code Net.c}. */
    static IOException connecting(IOException cause) {
        if (cause instanceof ClosedChannelException) {
            return cause;
        }
        int errno = errno(cause);
        String reason = reason(cause);
        if (SystemNumbers.HERE.isRefused(errno) || SystemNumbers.HERE.isUnanswered(errno)) {
            return caused(new ConnectException(reason), cause);
        }
        if (SystemNumbers.HERE.isUnreachable(errno)) {
            return caused(new NoRouteToHostException(reason), cause);
        }
        return caused(
                SystemNumbers.HERE.isAboutTheAddress(errno) ? new BindException(reason) : new SocketException(reason),
                cause);
    }

    /**
     * The failure of bind(2) or listen(2).
     *
     * @param invalid what EINVAL means
     */
    static IOException binding(IOException cause, String invalid) {
        if (cause instanceof ClosedChannelException) {
            return cause;
        }
        return caused(new BindException(errno(cause) == EINVAL ? invalid : reason(cause)), cause);
    }

    /** The failure of setsockopt(2) or getsockopt(2). */
    static IOException option(Object channel, String option, Exception failure) {
        if (failure instanceof ClosedChannelException closed) {
            return closed;
        }
        IOException cause = asIoException(failure);
        return caused(new SocketException(channel + ": " + option + ": " + reason(cause)), cause);
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
    static String reason(Exception failure) {
        String message = failure.getMessage();
        if (message == null) {
            return silent(failure);
        }
        int start = message.indexOf("): ");
        return start < 0 ? message : message.substring(start + 3);
    }

    /** What the exceptions mean that Netty throws without a word. */
    private static String silent(Exception failure) {
        if (failure instanceof NoRouteToHostException) {
            return "Network is unreachable"; // ENETUNREACH
        }
        if (failure instanceof FileNotFoundException) {
            return "No such file or directory"; // ENOENT
        }
        if (failure instanceof ClosedChannelException) {
            return "Bad file descriptor"; // EBADF
        }
        return failure.getClass().getSimpleName();
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
