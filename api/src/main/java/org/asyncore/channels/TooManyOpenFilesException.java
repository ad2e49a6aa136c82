// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.io.IOException;

/**
 * Thrown when the process or the system is out of file descriptors: {@code EMFILE}, {@code ENFILE}. A later attempt may
 * succeed.
 */
public final class TooManyOpenFilesException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Wraps the system's exception.
     *
     * @param cause the system's own exception
     */
    public TooManyOpenFilesException(IOException cause) {
        super("no file descriptor left (see ulimit -n): " + cause.getMessage(), cause);
    }
}
