// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.io.IOException;

/**
 * Thrown when the process or the system is out of file descriptors: {@code EMFILE}, {@code ENFILE}. A later attempt may
 * succeed.
 */
public final class TooManyOpenFilesException extends IOException {
    private static final long serialVersionUID = 1;
    private static final String TEXT = "Too many open files"; // of EMFILE and ENFILE, strerror(3)

    /**
     * Wraps the system's exception.
     *
     * @param cause the system's own exception
     */
    public TooManyOpenFilesException(IOException cause) {
        super("no file descriptor is left, raise ulimit -n or close connections: " + cause.getMessage(), cause);
    }

    /**
     * Returns an exception of this class if the failure, or a cause of it, says "Too many open files"; otherwise returns
     * the failure itself. The JDK reports these errors by their text only, in the language of the process.
     */
    public static IOException recognize(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooManyOpenFilesException) {
                return failure;
            }
            if (String.valueOf(cause.getMessage()).contains(TEXT)) {
                return new TooManyOpenFilesException(failure);
            }
        }
        return failure;
    }
}
