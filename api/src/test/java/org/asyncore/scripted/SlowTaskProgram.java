// SPDX-License-Identifier: Apache-2.0
package org.asyncore.scripted;

import java.time.Duration;
import org.asyncore.Loop;

/** Runs a task that keeps its loop. Also a program, which a test launches in a runtime with few modules. */
public final class SlowTaskProgram {
    private SlowTaskProgram() {}

    /** Runs a task that lasts until this number of slow hooks was seen. */
    public static void runSlowTask(Loop loop, int count) {
        loop.execute(() -> {
            while (loop.statistics().slowHooks() < count
                    && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        loop.runOnce(Duration.ZERO);
    }

    public static void main(String[] args) {
        boolean recorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
        try (Loop loop = Loop.builder()
                .backend(new ScriptedBackend())
                .slowHookThreshold(Duration.ofMillis(10))
                .open()) {
            runSlowTask(loop, 1);
            System.out.println((recorder ? "a" : "no") + " flight recorder, "
                    + loop.statistics().slowHooks() + " slow hook");
        }
    }
}
