// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that a loop and its dispatchers give memory back after a peak. */
final class MemoryAfterPeakTest {
    private static final int DISPATCHERS = 100_000;
    private static final int BLOCKS = 300_000;
    private static final int TURNS = 1_000;
    private static final long NOISE_BYTES = 400_000; // a peak took megabytes in each case when nothing was given back

    private final ScriptedBackend backend = new ScriptedBackend();
    private Loop loop = backend.open(InterestPolicy.EVERY_TURN);

    @AfterEach
    void close() {
        loop.close();
    }

    /** A connection with a time limit. */
    private final class Idle extends SocketDispatcher {
        Idle() {
            super(loop, new ScriptedStream("stream"));
            setTimeLimit(TimeLimit.IDLE, Duration.ofDays(1));
        }

        @Override
        public boolean writable() {
            return false;
        }
    }

    /** A conversation that only sends. */
    private final class Sender extends ChatDispatcher {
        Sender(ScriptedStream stream) {
            super(loop, stream);
        }

        @Override
        public boolean readable() {
            return false;
        }

        @Override
        public void collectIncomingData(ByteBuffer data) {}

        @Override
        public void foundTerminator() {}
    }

    @ParameterizedTest
    @EnumSource
    void dispatchersThatHaveLeftKeepNoMemoryInTheirLoop(InterestPolicy policy) {
        loop.close();
        loop = backend.open(policy);
        comeAndGo(1_000); // loads the classes
        long before = usedBytes();
        comeAndGo(DISPATCHERS);
        assertIsBackAt(before);
    }

    private void comeAndGo(int count) {
        List<Idle> dispatchers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dispatchers.add(new Idle());
        }
        loop.runOnce(Duration.ZERO);
        dispatchers.forEach(Idle::close);
        loop.schedule(Duration.ofDays(1), () -> {}).unref();
        loop.execute((Runnable) () -> {});
        new Idle();
        loop.run(Duration.ZERO, TURNS);
        loop.closeAll();
        backend.poller.trim();
    }

    @Test
    void blocksThatWereSentKeepNoMemoryInTheirDispatcher() throws IOException {
        ScriptedStream stream = new ScriptedStream("stream");
        Sender sender = new Sender(stream);
        pushAndSend(sender, stream, 1_000); // loads the classes
        long before = usedBytes();
        pushAndSend(sender, stream, BLOCKS);
        assertIsBackAt(before);
    }

    private static void pushAndSend(Sender sender, ScriptedStream stream, int blocks) throws IOException {
        stream.room = 0;
        for (int i = 0; i < blocks; i++) {
            sender.push(new byte[1]);
        }
        stream.room = Integer.MAX_VALUE;
        while (sender.writable()) {
            sender.handleWrite();
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Other threads of the JVM allocate, too, so this measures repeatedly. */
    private static void assertIsBackAt(long before) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long more = usedBytes() - before;
        while (more > NOISE_BYTES && System.nanoTime() - end < 0) {
            more = Math.min(more, usedBytes() - before);
        }
        long left = more;
        assertTrue(left <= NOISE_BYTES, () -> left + " bytes more than before the peak");
    }
}
