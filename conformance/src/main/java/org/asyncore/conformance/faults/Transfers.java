// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads and writes that move fewer bytes than they could, or none. */
final class Transfers {
    private Transfers() {}

    /** A read or write of a channel. */
    interface Transfer {
        int move(ByteBuffer buffer) throws IOException;
    }

    static int read(ByteBuffer target, FaultPlan plan, Transfer transfer) throws IOException {
        return plan.strikes(Fault.WOULD_BLOCK) ? 0 : move(target, plan, Fault.SHORT_READ, transfer);
    }

    static int write(ByteBuffer source, FaultPlan plan, Transfer transfer) throws IOException {
        return plan.strikes(Fault.WOULD_BLOCK) ? 0 : move(source, plan, Fault.SHORT_WRITE, transfer);
    }

    /** Moves a part of the bytes if the fault strikes, and all otherwise. */
    static int move(ByteBuffer buffer, FaultPlan plan, Fault fault, Transfer transfer) throws IOException {
        int limit = buffer.limit();
        if (buffer.remaining() > 1 && plan.strikes(fault)) {
            buffer.limit(buffer.position() + plan.from1To(buffer.remaining() - 1));
        }
        try {
            return transfer.move(buffer);
        } finally {
            buffer.limit(limit);
        }
    }
}
