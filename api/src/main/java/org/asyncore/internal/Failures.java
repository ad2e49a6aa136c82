// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.Dispatcher;
import org.asyncore.ExitNow;

/** Decides what becomes of an exception that a hook threw. */
final class Failures {
    private Failures() {}

    /**
     * Gives an exception to a dispatcher's {@code handleError}, unless it leaves the loop.
     *
     * @param cause {@link ExitNow} and fatal errors are thrown again
     */
    static void handle(Dispatcher dispatcher, Throwable cause) {
        throwIfLeavesLoop(cause);
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // an interrupt is kept: it stops the loop
        }
        dispatcher.handleError(cause);
    }

    /** Throws an exception again that no dispatcher may stop: {@link ExitNow}, and an error that concerns the whole JVM. */
    static void throwIfLeavesLoop(Throwable cause) {
        if (cause instanceof ExitNow exit) {
            throw exit;
        }
        if (cause instanceof Error error && isFatal(error)) {
            throw error;
        }
    }

    /**
     * Returns whether an error concerns the whole JVM. One hook that ran out of stack or memory does not: Python gives
     * RecursionError and MemoryError to {@code handle_error}, too. ThreadDeath goes by its name, as JDKs to come lack it.
     */
    private static boolean isFatal(Error error) {
        return error instanceof VirtualMachineError
                ? !(error instanceof StackOverflowError || error instanceof OutOfMemoryError)
                : error.getClass().getName().equals("java.lang.ThreadDeath");
    }
}
