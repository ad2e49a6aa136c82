// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.asyncore.Loop;

/** Runs a blocking peer on a thread of its own. */
final class PeerThread<T> {
    private final FutureTask<T> task;

    private PeerThread(Callable<T> work) {
        task = new FutureTask<>(work);
    }

    static <T> PeerThread<T> run(Callable<T> work) {
        PeerThread<T> peerThread = new PeerThread<>(work);
        Thread thread = new Thread(peerThread.task, "peer");
        thread.setDaemon(true);
        thread.start();
        return peerThread;
    }

    /** Runs the loop until the peer is done, and returns the peer's result. */
    T result(Loop loop) throws Exception {
        LoopAwait.until(loop, task::isDone);
        return get();
    }

    /** Waits for the peer, and returns its result. */
    T get() throws Exception {
        try {
            return task.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
