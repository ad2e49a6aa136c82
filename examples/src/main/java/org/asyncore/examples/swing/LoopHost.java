// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.swing;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.asyncore.Loop;

/** A way to run a loop beside Swing's. Each one runs turns until nothing is left in the loop. */
enum LoopHost {
    /** A timer of Swing runs one turn per tick. Hooks run on Swing's thread, up to a tick late. */
    TIMER {
        @Override
        void run(Loop loop, Runnable onEnd) {
            Timer timer = new Timer(TICK_MILLIS, null);
            timer.addActionListener(tick -> {
                if (!loop.runOnce(Duration.ZERO)) {
                    timer.stop();
                    onEnd.run();
                }
            });
            timer.start();
        }

        @Override
        void show(Runnable change) {
            change.run();
        }
    },

    /** The loop has a thread of its own. Hooks run there, and pass to Swing what they change in the window. */
    THREAD {
        @Override
        void run(Loop loop, Runnable onEnd) {
            start(() -> {
                loop.run();
                onEnd.run();
            });
        }

        @Override
        void show(Runnable change) {
            SwingUtilities.invokeLater(change);
        }
    },

    /** A thread waits until the loop is ready, and Swing runs the turn. Hooks run on Swing's thread, and nothing ticks. */
    READY {
        @Override
        void run(Loop loop, Runnable onEnd) {
            start(() -> {
                while (loop.awaitReady(Duration.ofDays(1))) {
                    onSwingsThread(() -> loop.runOnce(Duration.ZERO));
                }
                onEnd.run();
            });
        }

        @Override
        void show(Runnable change) {
            change.run();
        }
    };

    private static final int TICK_MILLIS = 20;

    /** Begins to run the loop, and returns. */
    abstract void run(Loop loop, Runnable onEnd);

    /** Changes the window. Called by hooks. */
    abstract void show(Runnable change);

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "loop");
        thread.setDaemon(true);
        thread.start();
    }

    private static void onSwingsThread(Runnable turn) {
        try {
            SwingUtilities.invokeAndWait(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // awaitReady returns false then
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a turn of the loop failed", e.getCause());
        }
    }
}
