// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static org.asyncore.unix.SystemConstants.EACCES;
import static org.asyncore.unix.SystemConstants.EADDRINUSE;
import static org.asyncore.unix.SystemConstants.EADDRNOTAVAIL;
import static org.asyncore.unix.SystemConstants.ECONNABORTED;
import static org.asyncore.unix.SystemConstants.ECONNREFUSED;
import static org.asyncore.unix.SystemConstants.ECONNRESET;
import static org.asyncore.unix.SystemConstants.EHOSTUNREACH;
import static org.asyncore.unix.SystemConstants.EINVAL;
import static org.asyncore.unix.SystemConstants.EMFILE;
import static org.asyncore.unix.SystemConstants.ENFILE;
import static org.asyncore.unix.SystemConstants.EPERM;
import static org.asyncore.unix.SystemConstants.EPIPE;
import static org.asyncore.unix.SystemConstants.EPROTO;
import static org.asyncore.unix.SystemConstants.ETIMEDOUT;

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

/** Turns Netty's exceptions, which name a system call and an error number, into the JDK's, which say what failed where. */
final class Errnos {
    /** The error number in Netty's exceptions of connect(2), which have it in their text only. */
    private static final Pattern NUMBER = Pattern.compile("error\\(-(\\d+)\\)");

    private Errnos() {}

    /** Loads the classes that accept needs when no descriptor is left, because loading a class takes a descriptor. */
    static void rehearse() {
        NativeIoException none = new NativeIoException("accept", -EMFILE);
        boolean gone = isGone(none);
        IOException failure = at("no channel", none);
        assert !gone && failure instanceof TooManyOpenFilesException;
    }

    /**
     * Returns the failure of a system call on an open channel.
     *
     * @param place the channel, or a description of the one that cannot be opened
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

    /** Returns the failure of connect(2) as the JDK's exception: see {@code handleSocketError} in its {@code Net.c}. */
    static IOException connecting(IOException cause) {
        if (cause instanceof ClosedChannelException) {
            return cause;
        }
        int errno = errno(cause);
        String reason = reason(cause);
        if (errno == ECONNREFUSED || errno == ETIMEDOUT) {
            return caused(new ConnectException(reason), cause);
        }
        if (errno == EHOSTUNREACH) {
            return caused(new NoRouteToHostException(reason), cause);
        }
        boolean unusable = errno == EADDRINUSE || errno == EADDRNOTAVAIL || errno == EPERM || errno == EACCES;
        return caused(unusable ? new BindException(reason) : new SocketException(reason), cause);
    }

    /**
     * Returns the failure of bind(2) or listen(2).
     *
     * @param invalid the meaning of EINVAL
     */
    static IOException binding(IOException cause, String invalid) {
        if (cause instanceof ClosedChannelException) {
            return cause;
        }
        return caused(new BindException(errno(cause) == EINVAL ? invalid : reason(cause)), cause);
    }

    /** Returns the failure of setsockopt(2) or getsockopt(2). */
    static IOException option(Object channel, String option, Exception failure) {
        if (failure instanceof ClosedChannelException closed) {
            return closed;
        }
        IOException cause = asIoException(failure);
        return caused(new SocketException(channel + ": " + option + ": " + reason(cause)), cause);
    }

    /** Returns true if a pending connection has gone before accept(2) took it. */
    static boolean isGone(Exception failure) {
        int errno = errno(failure);
        return errno == ECONNABORTED || errno == EPROTO;
    }

    /** Returns true if the other side of a pipe or connection has gone. */
    static boolean isLost(Exception failure) {
        int errno = errno(failure);
        return errno == EPIPE || errno == ECONNRESET;
    }

    /** Returns true if the peer refuses a connection, or has refused an earlier datagram. */
    static boolean isRefused(Exception failure) {
        return errno(failure) == ECONNREFUSED;
    }

    /** Returns the system's error number, or 0. */
    private static int errno(Exception failure) {
        if (failure instanceof NativeIoException e) {
            return -e.expectedErr();
        }
        Matcher number = NUMBER.matcher(String.valueOf(failure.getMessage()));
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    /** Returns the system's text without the call: Netty has {@code send(..) failed with error(-32): Broken pipe}. */
    static String reason(Exception failure) {
        String message = failure.getMessage();
        if (message == null) {
            return silent(failure);
        }
        int start = message.indexOf("): ");
        return start < 0 ? message : message.substring(start + 3);
    }

    /** Returns the system's text for the exceptions that Netty throws without a message. */
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

    /** Returns an IOException. Netty throws unchecked ones from some calls, with the system's error as cause or in the text. */
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
