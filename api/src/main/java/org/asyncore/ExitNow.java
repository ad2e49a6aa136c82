// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

/**
 * Thrown by a hook or a task to leave the loop at once, asyncore's {@code ExitNow}.
 *
 * <p>It comes out of {@link Loop#run()}. Nothing is closed, the dispatchers that were still to be served in this turn are
 * not, and a later {@code run} goes on. It carries no stack trace.
 */
public final class ExitNow extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Leaves the loop. */
    public ExitNow() {
        this("exit now");
    }

    /**
     * Leaves the loop.
     *
     * @param message says why
     */
    public ExitNow(String message) {
        super(message, null, false, false);
    }
}
