// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A task that may throw an {@link IOException}, as sending does. A lambda that is given to
 * {@link Loop#execute(LoopTask)} or {@link Loop#schedule(java.time.Duration, LoopTask)} is one.
 */
@FunctionalInterface
public interface LoopTask extends Runnable {
    /**
     * Runs the task, on the loop's thread.
     *
     * @throws IOException if it fails; a loop logs that
     */
    void call() throws IOException;

    /**
     * Runs the task for an executor other than a loop, and wraps an {@link IOException} in an
     * {@link UncheckedIOException}.
     */
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // it is the same task, for callers that know no IOException
    default void run() {
        try {
            call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
