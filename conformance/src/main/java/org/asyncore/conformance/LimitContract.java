// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of polling 20,000 descriptors, and of opening channels when no descriptor is left. */
@Timeout(120)
public abstract class LimitContract {
    private static final int MANY = 20_000;
    private static final int SPARE = 600; // descriptors of the JVM and of JUnit

    private final List<Channel> channels = new ArrayList<>();

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    /** Makes the contract, for the tests of a backend. */
    protected LimitContract() {}

    @AfterEach
    void closeAll() throws IOException {
        for (Channel channel : channels) {
            channel.close();
        }
    }

    @Test
    void noChangeIsLostWhenAllDescriptorsChangeInOneTurn() throws IOException {
        int count = (int) Math.min(MANY, descriptorLimit()) - SPARE;
        int[] reports = new int[count];
        try (Poller poller = backend.get().openPoller()) {
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
        Deadline deadline = new Deadline();
        boolean all = false;
        while (!all) {
            deadline.check("a report of every channel");
            poller.poll(deadline.remainingNanos());
            all = true;
            for (int i = 0; i < reports.length; i++) {
                all &= reports[i] >= atLeast;
            }
        }
        Arrays.fill(reports, atLeast);
    }

    @Test
    void openWithoutDescriptorsFailsAndLeaksNothing() throws IOException {
        Assumptions.assumeTrue(descriptorLimit() < MANY * 10, "the limit of descriptors is too high to reach");
        backend.get().openPoller().close();
        Class<?> loaded = TooManyOpenFilesException.class; // now, because loading a class needs a descriptor, too
        assertEquals(IOException.class, loaded.getSuperclass());
        List<Exception> failures = new ArrayList<>();
        tryToOpenAPoller(failures);
        failures.clear();
        exhaust();
        for (int left = 0; left < 3; left++) {
            tryToOpenAPoller(failures);
            channels.remove(channels.size() - 1).close();
        }
        int opened = 0;
        while (tryToOpenASocket()) {
            opened++;
        }
        closeAll();
        assertTrue(failures.size() >= 2, failures::toString); // a poller may need only one descriptor
        assertEquals(3, opened, "descriptors that could be opened again");
    }

    private void exhaust() {
        boolean opened = true;
        while (opened) {
            opened = tryToOpenASocket();
        }
    }

    private boolean tryToOpenASocket() {
        try {
            channels.add(backend.get().openDatagram(StandardProtocolFamily.INET));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void tryToOpenAPoller(List<Exception> failures) throws IOException {
        Poller poller;
        try {
            poller = backend.get().openPoller();
        } catch (IOException e) {
            failures.add(e);
            return;
        }
        poller.close();
    }

    private static long descriptorLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private DatagramSocketChannel datagram() throws IOException {
        DatagramSocketChannel channel = backend.get().openDatagram(StandardProtocolFamily.INET);
        channels.add(channel);
        return channel.bind(Loopback.v4());
    }
}
