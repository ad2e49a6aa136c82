// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NioGarbageTest {
    private static final int TURNS = 20_000;
    private static final long TOLERANCE_BYTES = TURNS / 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final NioBackend backend = new NioBackend();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16);

    private Poller poller;
    private DatagramSocketChannel channel;
    private Registration registration;
    private int reports;

    /** The part of a test that must leave no garbage. */
    private interface Turn {
        void run() throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        poller = backend.openPoller();
        channel = backend.openDatagram(StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.connect(channel.getLocalAddress());
        registration = poller.register(channel, ops -> reports++);
    }

    @AfterEach
    void close() throws IOException {
        registration.cancel();
        channel.close();
        poller.close();
    }

    @Test
    void pollThatReportsLeavesNoGarbage() throws IOException {
        registration.interest(Ops.READ_WRITE);
        assertNoGarbage(() -> poller.poll(-1));
        assertTrue(reports >= TURNS);
    }

    @Test
    void pollThatReportsNothingLeavesNoGarbage() throws IOException {
        registration.interest(Ops.READ);
        assertNoGarbage(() -> poller.poll(0));
    }

    @Test
    void timedPollLeavesNoGarbage() throws IOException {
        registration.interest(Ops.WRITE);
        assertNoGarbage(() -> poller.poll(30_000_000_000L));
    }

    @Test
    void wakeupLeavesNoGarbage() throws IOException {
        assertNoGarbage(() -> {
            poller.wakeup();
            poller.poll(-1);
        });
    }

    @Test
    void changeOfInterestLeavesNoGarbage() throws IOException {
        assertNoGarbage(() -> {
            registration.interest(Ops.WRITE);
            poller.poll(0);
            registration.interest(Ops.NONE);
            poller.poll(0);
        });
    }

    @Test
    void writingLeavesNoGarbage() throws IOException {
        registration.interest(Ops.READ);
        assertNoGarbage(() -> {
            channel.write(buffer.clear());
            poller.poll(-1);
        });
    }

    /** Checks that one of ten rounds allocates nothing. The first rounds may allocate, because of the compiler. */
    private void assertNoGarbage(Turn turn) throws IOException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > TOLERANCE_BYTES; round++) {
            least = Math.min(least, allocatedBytes(turn));
        }
        long bytes = least;
        assertTrue(bytes <= TOLERANCE_BYTES, () -> bytes + " bytes in " + TURNS + " turns");
    }

    private long allocatedBytes(Turn turn) throws IOException {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TURNS; i++) {
            turn.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
