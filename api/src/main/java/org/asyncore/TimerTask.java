// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import java.io.IOException;

/** A timer's task that needs the timer's handle, to cancel or to restart it. */
@FunctionalInterface
public interface TimerTask {
    /**
     * Runs the task, on the loop's thread.
     *
     * @param timer the timer that runs this
     * @throws IOException if it fails; the loop logs that
     */
    void run(TimerHandle timer) throws IOException;
}
