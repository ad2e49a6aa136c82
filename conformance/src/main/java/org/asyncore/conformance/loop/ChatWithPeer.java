// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A chat dispatcher and its peer. */
record ChatWithPeer(RecordingChat talk, LoopConnection connection) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Sends a text from the peer, and runs the loop until all of it has been received. */
    void say(String text) throws IOException {
        long all = talk.received + text.length();
        connection.send(text);
        until(() -> talk.received >= all);
    }

    /** Sends a text from the peer in pieces of a size. */
    void say(String text, int bytes) throws IOException {
        for (int from = 0; from < text.length(); from += bytes) {
            say(text.substring(from, Math.min(text.length(), from + bytes)));
        }
    }

    /** Runs the loop until the condition is true. */
    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "did not happen in time, after " + talk.heard);
            turn();
        }
    }

    /** Runs one turn, which waits until something happens. */
    void turn() {
        talk.loop().run(PATIENCE, 1);
    }
}
