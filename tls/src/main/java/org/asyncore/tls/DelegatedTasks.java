// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import org.asyncore.SocketDispatcher;
import org.jspecify.annotations.Nullable;

/** Runs what the engine delegates, the long computations of a handshake: here, or where it was told. */
final class DelegatedTasks {
    private final SSLEngine engine;
    private @Nullable Executor executor; // none: here
    private @Nullable SocketDispatcher user; // to be asked again when they are done elsewhere
    private boolean running; // elsewhere; only the loop's thread looks

    DelegatedTasks(SSLEngine engine) {
        this.engine = engine;
    }

    void runOn(Executor executor, SocketDispatcher user) {
        this.executor = executor;
        this.user = user;
    }

    boolean areRunning() {
        return running;
    }

    /** Runs them all, or begins to. */
    void run() {
        if (executor == null || user == null) {
            runAll();
        } else {
            SocketDispatcher asked = user;
            executor.execute(() -> runElsewhere(asked));
            running = true;
        }
    }

    private void runAll() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void runElsewhere(SocketDispatcher asked) {
        try {
            runAll();
        } finally {
            tellDone(asked);
        }
    }

    private void tellDone(SocketDispatcher asked) {
        try {
            asked.loop().execute(() -> {
                running = false;
                asked.loop().refresh(asked);
            });
        } catch (RejectedExecutionException e) {
            // the loop is closed, and the connection with it: nobody waits any more
        }
    }
}
