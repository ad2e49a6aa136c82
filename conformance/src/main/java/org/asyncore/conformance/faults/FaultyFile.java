// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.asyncore.channels.ForwardingByteChannel;

/** A file or pipe whose reads and writes are short. */
final class FaultyFile extends ForwardingByteChannel {
    private final FaultPlan plan;

    FaultyFile(ByteChannel file, FaultPlan plan) {
        super(file);
        this.plan = plan;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return Transfers.move(target, plan, Fault.SHORT_READ, super::read);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return Transfers.move(source, plan, Fault.SHORT_WRITE, super::write);
    }
}
