// SPDX-License-Identifier: Apache-2.0
package org.asyncore.channels;

import java.io.IOException;

/** The process or the system is out of file descriptors: {@code EMFILE}, {@code ENFILE}. Trying later may help. */
public final class TooManyOpenFilesException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Translates what the system said.
     *
     * @param cause the system's own exception
     */
    public TooManyOpenFilesException(IOException cause) {
        super("no file descriptor left (see ulimit -n): " + cause.getMessage(), cause);
    }
}
