// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of {@link LoopBuilder#slowHookThreshold}: hooks that keep their loop are named. */
@Timeout(120)
public abstract class SlowHookContract {
    private static final Duration LOW = Duration.ofMillis(10); // for hooks that last until they are named

    /** For loops in which nothing may be named: much longer than a thread waits for its core. */
    private static final Duration HIGH = Duration.ofMillis(300);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    /** Makes the contract, for the tests of a backend. */
    protected SlowHookContract() {}

    /** Lasts until this number of slow hooks was seen. */
    private static void lastUntilSlow(Loop loop, int count) {
        while (loop.statistics().slowHooks() < count && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    /** Each read lasts until one more slow hook was seen. */
    private static class Slow extends SocketDispatcher {
        private int reads;

        Slow(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            if (recv(readBuffer()) > 0) {
                lastUntilSlow(loop(), ++reads);
            }
        }

        @Override
        public void handleClose() {
            close();
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertNamed(String method, LoopWarnings warnings) {
        List<String> texts = warnings.texts();
        assertEquals(1, texts.size(), texts::toString);
        String text = texts.get(0);
        assertTrue(text.contains(": " + SlowHookContract.class.getName()), text);
        assertTrue(text.contains(method + " has kept the loop for "), text);
        assertTrue(text.contains("LoopBuilder.slowHookThreshold"), text);
    }

    @Test
    void hookThatKeepsTheLoopIsNamedWithItsStack() throws IOException {
        try (Loop loop = fixture.builder().slowHookThreshold(LOW).open();
                LoopWarnings warnings = new LoopWarnings()) {
            LoopConnection connection = fixture.connection();
            new Slow(loop, connection.channel());
            connection.send();
            loop.runOnce(Duration.ofSeconds(30));
            assertNamed("$Slow.handleRead", warnings);
            assertTrue(
                    warnings.stacks().get(0).stream().anyMatch(frame -> frame.contains("lastUntilSlow")),
                    warnings.stacks()::toString);
        }
    }

    @Test
    void taskThatKeepsTheLoopIsNamed() {
        try (Loop loop = fixture.builder().slowHookThreshold(LOW).open();
                LoopWarnings warnings = new LoopWarnings()) {
            loop.execute(() -> lastUntilSlow(loop, 1));
            loop.runOnce(Duration.ZERO);
            assertNamed("", warnings);
        }
    }

    @Test
    void timerThatKeepsTheLoopIsNamed() {
        try (Loop loop = fixture.builder().slowHookThreshold(LOW).open();
                LoopWarnings warnings = new LoopWarnings()) {
            loop.schedule(Duration.ZERO, () -> lastUntilSlow(loop, 1));
            loop.runOnce(Duration.ZERO);
            assertNamed("", warnings);
        }
    }

    @Test
    void classIsNamedOnceAndEachOfItsSlowHooksIsCounted() throws IOException {
        try (Loop loop = fixture.builder().slowHookThreshold(LOW).open();
                LoopWarnings warnings = new LoopWarnings()) {
            LoopConnection connection = fixture.connection();
            new Slow(loop, connection.channel());
            for (int i = 0; i < 3; i++) {
                connection.send();
                loop.runOnce(Duration.ofSeconds(30));
            }
            assertEquals(3, loop.statistics().slowHooks());
            assertNamed("$Slow.handleRead", warnings);
        }
    }

    private void assertNothingIsNamed(Duration threshold, SlowHookUser user) throws IOException {
        try (Loop loop = fixture.builder().slowHookThreshold(threshold).open();
                LoopWarnings warnings = new LoopWarnings()) {
            new ReadingDispatcher(loop, fixture.connection().channel(), () -> {});
            user.use(loop);
            assertEquals(0, loop.statistics().slowHooks());
            assertEquals(List.of(), warnings.texts());
        }
    }

    /** Uses a loop in which no hook may be named. */
    private interface SlowHookUser {
        void use(Loop loop);
    }

    @Test
    void loopThatWaitsIsNotNamed() throws IOException {
        assertNothingIsNamed(HIGH, loop -> loop.runOnce(HIGH.multipliedBy(2)));
    }

    @Test
    void programThatRunsSingleTurnsIsNotNamedBetweenThem() throws IOException {
        assertNothingIsNamed(HIGH, loop -> {
            loop.runOnce(Duration.ZERO);
            sleep(HIGH.multipliedBy(2));
            loop.runOnce(Duration.ZERO);
        });
    }

    @Test
    void hookThatRunsTheLoopIsNotNamedWhileTheInnerTurnWaits() throws IOException {
        assertNothingIsNamed(HIGH, loop -> {
            loop.execute(() -> {
                loop.runOnce(HIGH.multipliedBy(2));
            });
            loop.runOnce(Duration.ZERO);
        });
    }

    @Test
    void thresholdOfZeroSwitchesTheWatchOff() throws IOException {
        assertNothingIsNamed(Duration.ZERO, loop -> {
            loop.execute(() -> sleep(HIGH));
            loop.runOnce(Duration.ZERO);
        });
    }

    @Test
    void negativeThresholdIsRefused() {
        Duration negative = Duration.ofNanos(-1);
        assertThrows(IllegalArgumentException.class, () -> fixture.builder().slowHookThreshold(negative));
    }
}
