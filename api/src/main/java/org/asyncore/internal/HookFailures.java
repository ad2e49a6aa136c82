// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOError;
import java.nio.charset.CoderMalfunctionError;
import java.util.ServiceConfigurationError;
import org.asyncore.Dispatcher;
import org.asyncore.ExitNow;

/** Decides if an exception that a hook threw goes to {@code handleError} or leaves the loop. */
final class HookFailures {
    private HookFailures() {}

    /**
     * Gives an exception to a dispatcher's {@code handleError}, unless it leaves the loop.
     *
     * @param cause {@link ExitNow} and errors that leave the loop are thrown again
     */
    static void handle(Dispatcher dispatcher, Throwable cause) {
        throwIfLeavesLoop(cause);
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // an interrupt is kept, because it stops the loop
        }
        dispatcher.handleError(cause);
    }

    /**
     * Throws an exception again if it leaves the loop: {@link ExitNow}, and an error that concerns more than one hook.
     */
    static void throwIfLeavesLoop(Throwable cause) {
        if (cause instanceof ExitNow exit) {
            throw exit;
        }
        if (cause instanceof Error error && !isOfOneHook(error)) {
            throw error;
        }
    }

    /**
     * Returns true if an error concerns no more than the hook that threw it. Python gives RecursionError, MemoryError
     * and AssertionError to {@code handle_error}, too. The JVM's other errors concern all, and a program's own error is
     * a way to leave the loop, as SystemExit is.
     */
    private static boolean isOfOneHook(Error error) {
        return error instanceof StackOverflowError
                || error instanceof OutOfMemoryError
                || error instanceof AssertionError
                || error instanceof LinkageError
                || error instanceof IOError
                || error instanceof ServiceConfigurationError
                || error instanceof CoderMalfunctionError;
    }
}
