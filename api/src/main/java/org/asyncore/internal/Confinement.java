// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which thread a loop belongs to: the one that runs it; before and between its runs the last one that did, at first the
 * one that opened it. A run by another thread takes the loop over, and so does any use once the owner is dead.
 */
final class Confinement {
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>(); // the thread that runs, if any
    private volatile Thread owner = Thread.currentThread(); // written by who takes over, read by all to find out

    /** Begins to run; true if this thread was running already, in which case a hook runs the loop. */
    boolean enter(ReactorLoop loop) {
        Thread me = Thread.currentThread();
        if (runner.compareAndSet(null, me)) {
            owner = me;
            return false;
        }
        if (runner.get() != me) {
            throw wrongThread(loop);
        }
        return true;
    }

    /** Ends the outermost run. */
    void exit() {
        runner.set(null);
    }

    void check(ReactorLoop loop) {
        if (Thread.currentThread() != owner && !takenOver()) {
            throw wrongThread(loop);
        }
    }

    private boolean takenOver() {
        if (runner.get() != null || owner.isAlive()) {
            return false;
        }
        owner = Thread.currentThread();
        return true;
    }

    private IllegalStateException wrongThread(ReactorLoop loop) {
        return new IllegalStateException(loop + " belongs to thread '" + owner.getName() + "', and this is '"
                + Thread.currentThread().getName()
                + "': hand it a task by loop.execute(() -> ...), end it by loop.stop()");
    }
}
