// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.scripted.LoggedWarnings;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedDispatcher;
import org.asyncore.scripted.ScriptedStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the warnings of a loop that spins, or that takes most of its time to ask its dispatchers. */
final class LoopWarningTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> log = new ArrayList<>();
    private final Loop loop = new ScriptedBackend().open(InterestPolicy.EVERY_TURN);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void dispatcherThatSpinsIsNamedOnce() {
        new SocketDispatcher(loop, new ScriptedStream("a")) {
            @Override
            public void handleWrite() {}

            @Override
            public String toString() {
                return "the spinner";
            }
        };
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            loop.run(SECOND, 30_000);
            assertEquals(1, warnings.texts().size());
            assertTrue(warnings.texts().get(0).startsWith("the spinner is readable() or writable() on every turn"));
        }
    }

    @Test
    void warningNamesOnChangeOnceWhenAskingTakesMostOfTheTime() {
        for (int i = 0; i < 200; i++) {
            ScriptedStream channel = new ScriptedStream("d" + i);
            loop.add(new ScriptedDispatcher(channel.toString(), log), channel);
        }
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (warnings.texts().isEmpty() && System.nanoTime() < end) { // other processes may take part of the time
                loop.run(Duration.ZERO, 256 * 64);
            }
            loop.run(Duration.ZERO, 256 * 64 * 3);
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
            assertTrue(warnings.texts().get(0).contains("InterestPolicy.ON_CHANGE would ask only the active ones"));
        }
    }
}
