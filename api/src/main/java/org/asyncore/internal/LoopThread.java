// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread that a loop belongs to: the one that runs it. Between two runs that is the last one that ran it, and
 * before the first run the one that opened it. A run by another thread takes the loop over, and so does any use once
 * the owner is dead.
 */
final class LoopThread {
    private final String loop; // its name, for messages
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>(); // the thread that runs, if any
    private volatile Thread owner = Thread.currentThread(); // written by the thread that takes over, read by all

    private volatile boolean askedToStop; // by any thread; the end of the outermost run clears it

    LoopThread(String loop) {
        this.loop = loop;
    }

    /** Returns the thread that the loop belongs to. Any thread. */
    Thread owner() {
        return owner;
    }

    /** Begins to run. Returns true if this thread is running the loop already, so that a hook runs it again. */
    boolean enter() {
        Thread me = Thread.currentThread();
        if (runner.compareAndSet(null, me)) {
            owner = me;
            return false;
        }
        if (runner.get() != me) {
            throw wrongThread();
        }
        return true;
    }

    /** Takes the loop over until {@link #leave}. */
    void enterBetweenTurns() {
        if (enter()) {
            throw new IllegalStateException(loop + " is in a turn, so it cannot wait for the next one");
        }
    }

    /** Ends the outermost run, and with it the request to stop. */
    void exit() {
        askedToStop = false;
        leave();
    }

    /** Lets another thread run the loop. A request to stop stays. */
    void leave() {
        runner.set(null);
    }

    /** Asks the run to end. Any thread. */
    void askToStop() {
        askedToStop = true;
    }

    boolean isAskedToStop() {
        return askedToStop;
    }

    /** Returns true if the run has to end: it was asked to stop, or its thread was interrupted. */
    boolean mustStop() {
        return askedToStop || Thread.currentThread().isInterrupted();
    }

    /** Returns true if the loop belongs to the calling thread. Any thread. */
    boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    void check() {
        if (Thread.currentThread() != owner && !takenOver()) {
            throw wrongThread();
        }
    }

    private boolean takenOver() {
        if (runner.get() != null || owner.isAlive()) {
            return false;
        }
        owner = Thread.currentThread();
        return true;
    }

    private IllegalStateException wrongThread() {
        return new IllegalStateException(loop + " belongs to thread '" + owner.getName() + "', but was called from '"
                + Thread.currentThread().getName()
                + "': use loop.execute(() -> ...) to run a task on its thread, or loop.stop() to end it");
    }

    @Override
    public String toString() {
        return loop;
    }
}
