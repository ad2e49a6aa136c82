// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A dispatcher that converses, and its peer. */
record ChatWithPeer(RecordingChat talk, LoopConnection connection) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The peer says this, and is heard. */
    void say(String text) throws IOException {
        long all = talk.received + text.length();
        connection.send(text);
        until(() -> talk.received >= all);
    }

    /** The peer says this in pieces of that size. */
    void say(String text, int bytes) throws IOException {
        for (int from = 0; from < text.length(); from += bytes) {
            say(text.substring(from, Math.min(text.length(), from + bytes)));
        }
    }

    /** The loop runs until this is so. */
    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "never came, after " + talk.heard);
            turn();
        }
    }

    /** One turn, in which something has to happen. */
    void turn() {
        talk.loop().run(PATIENCE, 1);
    }
}
