// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ForwardingDatagramSocketChannel;
import org.jspecify.annotations.Nullable;

/** A datagram socket that would block although it could send or receive. It loses nothing. */
final class FaultyDatagramSocket extends ForwardingDatagramSocketChannel {
    private final FaultPlan plan;

    FaultyDatagramSocket(DatagramSocketChannel socket, FaultPlan plan) {
        super(socket);
        this.plan = plan;
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
        return plan.strikes(Fault.WOULD_BLOCK) ? null : super.receive(target);
    }

    @Override
    public int send(ByteBuffer source, SocketAddress remote) throws IOException {
        return plan.strikes(Fault.WOULD_BLOCK) ? 0 : super.send(source, remote);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return plan.strikes(Fault.WOULD_BLOCK) ? 0 : super.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return plan.strikes(Fault.WOULD_BLOCK) ? 0 : super.write(source);
    }
}
