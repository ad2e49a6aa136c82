// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Test;

final class KeyOpsTest {
    private static final int EVERY_OP = -1;

    @Test
    void acceptCountsAsRead() {
        assertEquals(OP_ACCEPT, KeyOps.of(Ops.READ_WRITE, OP_ACCEPT));
        assertEquals(0, KeyOps.of(Ops.WRITE, OP_ACCEPT));
        assertEquals(Ops.READ, KeyOps.reported(OP_ACCEPT, Ops.READ_WRITE));
    }

    @Test
    void connectCountsAsWrite() {
        assertEquals(OP_CONNECT | OP_WRITE, KeyOps.of(Ops.WRITE, OP_CONNECT | OP_READ | OP_WRITE));
        assertEquals(Ops.WRITE, KeyOps.reported(OP_CONNECT, Ops.READ_WRITE));
    }

    @Test
    void onlyValidOpsAreRequested() {
        assertEquals(OP_READ, KeyOps.of(Ops.READ_WRITE, OP_READ));
        assertEquals(OP_WRITE, KeyOps.of(Ops.READ_WRITE, OP_WRITE));
        assertEquals(0, KeyOps.of(Ops.NONE, EVERY_OP));
    }

    @Test
    void onlyTheInterestIsReported() {
        for (Ops interest : Ops.values()) {
            assertEquals(interest, KeyOps.reported(EVERY_OP, interest));
            assertEquals(Ops.NONE, KeyOps.reported(0, interest));
        }
        assertEquals(Ops.NONE, KeyOps.reported(OP_READ, Ops.WRITE));
        assertEquals(Ops.NONE, KeyOps.reported(OP_WRITE, Ops.READ));
    }
}
