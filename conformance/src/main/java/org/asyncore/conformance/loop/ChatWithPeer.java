// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A chat dispatcher and its peer. */
record ChatWithPeer(RecordingChat dispatcher, LoopConnection connection) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Sends a text from the peer, and runs the loop until all of it has been received. */
    void deliver(String text) throws IOException {
        long all = dispatcher.received + text.length();
        connection.send(text);
        until(() -> dispatcher.received >= all);
    }

    /** Sends a text from the peer in pieces of this size. */
    void deliver(String text, int bytes) throws IOException {
        for (int from = 0; from < text.length(); from += bytes) {
            deliver(text.substring(from, Math.min(text.length(), from + bytes)));
        }
    }

    /** Runs the loop until the condition is true. */
    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "did not happen in time; the log is " + dispatcher.log);
            turn();
        }
    }

    /** Runs one turn, which waits for an event. */
    void turn() {
        dispatcher.loop().run(PATIENCE, 1);
    }
}
