// SPDX-License-Identifier: Apache-2.0
package org.asyncore.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.management.ManagementFactory;
import javax.management.JMX;
import javax.management.MBeanServer;
import org.asyncore.LoopStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoopManagementTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void beanHasTheNumbersOfTheStatistics() throws Exception {
        try (BusyLoop busy = new BusyLoop();
                LoopManagement registered = LoopManagement.register(busy.loop, "echo: 1")) {
            assertEquals(
                    "org.asyncore:type=Loop,name=\"echo: 1\"", registered.name().toString());
            LoopMXBean bean = JMX.newMXBeanProxy(server, registered.name(), LoopMXBean.class);
            LoopStatistics now = busy.loop.statistics();
            assertEquals("nio", bean.getPoller());
            assertEquals(now.turns(), bean.getTurns());
            assertEquals(now.reads(), bean.getReads());
            assertEquals(now.writes(), bean.getWrites());
            assertEquals(now.urgentReads(), bean.getUrgentReads());
            assertEquals(2, bean.getTasks());
            assertEquals(1, bean.getTimers());
            assertEquals(now.waits(), bean.getWaits());
            assertEquals(now.waitTime().toNanos(), bean.getWaitNanos());
            assertEquals(now.hookTime().toNanos(), bean.getHookNanos());
            assertEquals(now.longestHookTime().toNanos(), bean.getLongestHookNanos());
            assertEquals(now.slowHooks(), bean.getSlowHooks());
            assertEquals(2, bean.getDispatchers());
            assertEquals(0, bean.getQueuedBytes());
            assertEquals(5, bean.getReceivedBytes());
            assertEquals(5, bean.getSentBytes());
        }
    }

    @Test
    void closedRegistrationIsGoneAndMayBeClosedAgain() throws Exception {
        try (BusyLoop busy = new BusyLoop()) {
            LoopManagement registered = LoopManagement.register(busy.loop, "gone");
            registered.close();
            registered.close();
            assertFalse(server.isRegistered(registered.name()));
        }
    }

    @Test
    void secondLoopOfOneNameIsRefused() throws Exception {
        try (BusyLoop busy = new BusyLoop();
                LoopManagement registered = LoopManagement.register(busy.loop, "one")) {
            assertThrows(IllegalStateException.class, () -> LoopManagement.register(busy.loop, "one"));
            assertEquals(1, server.queryNames(registered.name(), null).size());
        }
    }
}
