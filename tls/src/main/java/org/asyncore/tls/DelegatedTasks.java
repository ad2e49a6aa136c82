// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import org.asyncore.SocketDispatcher;
import org.jspecify.annotations.Nullable;

/** Runs the tasks that an engine delegates, the long computations of a handshake, on the loop's thread or elsewhere. */
final class DelegatedTasks {
    private final SSLEngine engine;
    private @Nullable Executor executor; // null for the loop's thread
    private @Nullable SocketDispatcher user; // refreshed when the executor has run them
    private boolean running; // on the executor; used by the loop's thread only

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

    /** Runs all tasks, or hands them to the executor. */
    void run() {
        if (executor == null || user == null) {
            runAll();
        } else {
            SocketDispatcher refreshed = user;
            executor.execute(() -> runOnExecutor(refreshed));
            running = true;
        }
    }

    private void runAll() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void runOnExecutor(SocketDispatcher user) {
        try {
            runAll();
        } finally {
            reportDone(user);
        }
    }

    private void reportDone(SocketDispatcher user) {
        try {
            user.loop().execute(() -> {
                running = false;
                user.loop().refresh(user);
            });
        } catch (RejectedExecutionException e) {
            // the loop is closed, and the connection with it
        }
    }
}
