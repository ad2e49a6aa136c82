// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A task that may throw an {@link IOException}, as sending does. {@link Loop#execute(LoopTask)} and
 * {@link Loop#schedule(java.time.Duration, LoopTask)} take a lambda as this.
 */
@FunctionalInterface
public interface LoopTask extends Runnable {
    /**
     * Does the task, on the loop's thread.
     *
     * @throws IOException if it fails; a loop logs that
     */
    void call() throws IOException;

    /** Does the task for an executor other than a loop: an {@link IOException} is wrapped. */
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
