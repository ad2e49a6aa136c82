// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EpollOpsTest {
    @BeforeEach
    void available() {
        Pollers.assumeAvailable(new EpollBackend());
    }

    @Test
    void readInterestIncludesUrgentData() {
        assertEquals(0x3, EpollOps.interest(Ops.READ).value());
        assertEquals(0x7, EpollOps.interest(Ops.READ_WRITE).value());
        assertEquals(0x4, EpollOps.interest(Ops.WRITE).value());
    }

    @Test
    void interestIsLevelTriggered() {
        assertEquals(1 << 31, EpollOps.interest(Ops.NONE).value());
    }

    @Test
    void errorAndHangUpCountAsReadAndWrite() {
        assertEquals(Ops.READ_WRITE, EpollOps.ready(0x8));
        assertEquals(Ops.READ_WRITE, EpollOps.ready(0x10));
        assertEquals(Ops.READ_WRITE, EpollOps.ready(0x2001));
        assertEquals(Ops.READ, EpollOps.ready(0x1));
        assertEquals(Ops.WRITE, EpollOps.ready(0x4));
        assertEquals(Ops.NONE, EpollOps.ready(0x2));
        assertTrue(EpollOps.urgent(0x2));
        assertFalse(EpollOps.urgent(0x1));
    }
}
