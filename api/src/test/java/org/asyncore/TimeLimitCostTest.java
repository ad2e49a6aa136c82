// SPDX-License-Identifier: Apache-2.0
package org.asyncore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.ScriptedPoller;
import org.asyncore.scripted.ScriptedStream;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The heap and the garbage of time limits. */
final class TimeLimitCostTest {
    private static final int DISPATCHERS = 10_000;
    private static final int TURNS = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ScriptedBackend backend = new ScriptedBackend();
    private final ScriptedStream stream = new ScriptedStream("stream");
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16);

    private Loop loop = backend.open(InterestPolicy.ON_CHANGE);
    private int clockReads;

    @AfterEach
    void close() {
        loop.close();
    }

    /** Receives one byte, and sends as many as the stream takes. */
    private final class Echo extends SocketDispatcher {
        private int timeouts;

        Echo(ScriptedStream stream) {
            super(loop, stream);
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void handleRead() throws IOException {
            recv(buffer.clear());
            send(buffer.clear());
        }

        @Override
        public void handleTimeout(TimeLimit which) {
            timeouts++;
        }

        @Override
        public void handleClose() {
            close();
        }
    }

    /** A reference in an array may need 8 bytes more, because the array of the timers doubles. */
    @Test
    void limitOfAnIdleConnectionKeepsAtMost64Bytes() {
        List<Echo> dispatchers = new ArrayList<>();
        for (int i = 0; i < DISPATCHERS; i++) {
            dispatchers.add(new Echo(new ScriptedStream("stream")));
        }
        setAll(dispatchers, LIMIT);
        setAll(dispatchers, Duration.ZERO); // now the array of the timers is large enough
        long before = threads.getCurrentThreadAllocatedBytes();
        setAll(dispatchers, LIMIT);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / DISPATCHERS;
        assertTrue(each <= 64 - 8, () -> each + " bytes");
        setAll(dispatchers, LIMIT);
        assertTrue(loop.toString().contains(" " + DISPATCHERS + " timers of which 0 keep"), loop::toString);
    }

    private static void setAll(List<Echo> dispatchers, Duration limit) {
        for (Echo dispatcher : dispatchers) {
            dispatcher.setTimeLimit(TimeLimit.IDLE, limit);
        }
    }

    @Test
    void activityLeavesNoGarbage() {
        Echo echo = new Echo(stream);
        for (TimeLimit limit : TimeLimit.values()) {
            echo.setTimeLimit(limit, LIMIT);
        }
        long with = Long.MAX_VALUE;
        for (int round = 0; round < 10 && with > TURNS / 10; round++) {
            with = Math.min(with, allocatedBytes());
        }
        assertEquals(0, with / TURNS, "bytes per turn");
        assertEquals(0, echo.timeouts);
    }

    /** The bytes that turns with one message each allocate, apart from what the scripts of the poller do. */
    private long allocatedBytes() {
        ScriptedPoller.Step report = () -> backend.poller.report(stream, Ops.READ);
        loop.runOnce(Duration.ZERO); // registers the stream
        long total = 0;
        for (int i = 0; i < TURNS; i++) {
            stream.room = 8;
            backend.poller.then(report);
            backend.poller.timeouts.clear();
            backend.poller.interests.clear();
            long before = threads.getCurrentThreadAllocatedBytes();
            loop.runOnce(Duration.ZERO);
            total += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return total;
    }

    @Test
    void turnReadsTheClockOnceMoreForAllActivity() {
        loop.close();
        loop = Loop.builder()
                .backend(backend)
                .clock(() -> ++clockReads)
                .interestPolicy(InterestPolicy.ON_CHANGE)
                .open();
        loop.schedule(LIMIT, () -> {});
        List<ScriptedStream> streams = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            streams.add(new ScriptedStream("stream"));
            new Echo(streams.get(i)).setTimeLimit(TimeLimit.IDLE, LIMIT);
        }
        loop.runOnce(Duration.ZERO);
        backend.poller.then(() -> streams.forEach(each -> backend.poller.report(each, Ops.READ)));
        clockReads = 0;
        loop.runOnce(Duration.ZERO);
        assertEquals(3, clockReads); // for the wait, for the activity, and for the timers
    }
}
