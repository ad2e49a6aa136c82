// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/**
 * Thrown by a hook or a task to leave the loop at once: asyncore's {@code ExitNow}.
 *
 * <p>{@link Loop#run()} throws it to its caller. Nothing is closed. Dispatchers that were still to be served in this
 * turn are not served in it, and a later {@code run} goes on with them. It carries no stack trace.
 */
public final class ExitNow extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes one with the message {@code exit now}. */
    public ExitNow() {
        this("exit now");
    }

    /**
     * Makes one with a message.
     *
     * @param message the reason for leaving
     */
    public ExitNow(String message) {
        super(message, null, false, false);
    }
}
