// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Backend;
import org.asyncore.spi.DatagramSocketChannel;
import org.asyncore.spi.NoDescriptorsException;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many descriptors, and none left; epoll and kqueue run it. */
@Timeout(120)
public abstract class UnixLimitChecks {
    private static final int SPARE = 600; // what the JVM and the tests' machinery hold
    private static final int WARM_UP_TURNS = 60_000;
    private static final int TURNS = 10_000;

    private final List<Channel> channels = new ArrayList<>();
    private Backend backend;

    protected abstract Backend backend();

    @BeforeEach
    void available() {
        backend = backend();
        Pollers.assumeAvailable(backend);
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Channel channel : channels) {
            channel.close();
        }
    }

    /** Netty's kqueue loses changes beyond 4096 between two waits. */
    @Test
    void noChangeIsLostWhenAllDescriptorsChangeInOneTurn() throws IOException {
        int count = (int) Math.min(20_000, descriptorLimit()) - SPARE;
        int[] reports = new int[count];
        try (Poller poller = backend.openPoller()) {
            List<Registration> registrations = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                registrations.add(poller.register(datagram(), ops -> reports[index]++));
            }
            for (int round = 1; round <= 3; round++) {
                registrations.forEach(registration -> registration.interest(Ops.WRITE));
                pollUntilAll(poller, reports, round);
                registrations.forEach(registration -> registration.interest(Ops.READ));
                assertEquals(0, poller.poll(0));
            }
            registrations.forEach(Registration::cancel);
            assertEquals(0, poller.poll(0));
        }
    }

    private static void pollUntilAll(Poller poller, int[] reports, int atLeast) throws IOException {
        boolean all = false;
        while (!all) {
            assertTrue(poller.poll(5_000_000_000L) > 0, "a report is missing");
            all = true;
            for (int i = 0; i < reports.length; i++) {
                all &= reports[i] >= atLeast;
            }
        }
        Arrays.fill(reports, atLeast);
    }

    @Test
    void withoutDescriptorsOpeningFailsAndLeaksNothing() throws IOException {
        backend.openPoller().close();
        assertInstanceOf(IOException.class, new NoDescriptorsException(new IOException("loads the class beforehand")));
        List<Exception> failures = new ArrayList<>();
        tryToOpenAPoller(failures);
        failures.clear();
        Exception ofSocket = exhaust();
        for (int left = 0; left < 3; left++) {
            tryToOpenAPoller(failures);
            channels.remove(channels.size() - 1).close();
        }
        int opened = 0;
        while (tryToOpenASocket()) {
            opened++;
        }
        closeAll();
        assertInstanceOf(NoDescriptorsException.class, ofSocket);
        assertEquals(3, failures.size(), failures::toString);
        assertEquals(3, opened, "descriptors that could be opened again");
    }

    private Exception exhaust() {
        while (true) {
            try {
                channels.add(backend.openDatagram(StandardProtocolFamily.INET));
            } catch (IOException e) {
                return e;
            }
        }
    }

    private boolean tryToOpenASocket() {
        try {
            channels.add(backend.openDatagram(StandardProtocolFamily.INET));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void tryToOpenAPoller(List<Exception> failures) throws IOException {
        Poller poller;
        try {
            poller = backend.openPoller();
        } catch (IOException e) {
            failures.add(e);
            return;
        }
        poller.close();
    }

    @Test
    void aTurnAllocatesNothing() throws IOException {
        try (Poller poller = backend.openPoller()) {
            DatagramSocketChannel channel = datagram();
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            InetSocketAddress self = (InetSocketAddress) channel.getLocalAddress();
            channel.connect(self);
            int[] reports = {0};
            Registration registration = poller.register(channel, ops -> reports[0]++);
            turns(poller, registration, WARM_UP_TURNS);
            long before = allocated();
            turns(poller, registration, TURNS);
            long perTurn = (allocated() - before) / TURNS;
            assertEquals(0, perTurn, "bytes per turn");
            assertEquals(WARM_UP_TURNS + TURNS, reports[0]);
            assertEquals(8, channel.write(buffer));
        }
    }

    /** An interest change to and fro, and a wait that ends with a report. */
    private static void turns(Poller poller, Registration registration, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            registration.interest(Ops.WRITE);
            poller.poll(-1);
            registration.interest(Ops.READ);
            registration.interest(Ops.NONE);
        }
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long descriptorLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 1024;
    }

    private DatagramSocketChannel datagram() throws IOException {
        DatagramSocketChannel channel = backend.openDatagram(StandardProtocolFamily.INET);
        channels.add(channel);
        return channel.bind(Local.v4());
    }
}
