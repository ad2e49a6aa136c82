// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.conformance.Loopback;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract that turns on epoll and kqueue leave no garbage. */
@Timeout(120)
public abstract class UnixGarbageContract {
    private static final int WARM_UP_TURNS = 60_000;
    private static final int TURNS = 10_000;

    private final List<Channel> channels = new ArrayList<>();

    @RegisterExtension
    final BackendUnderTest backend = new BackendUnderTest();

    @AfterEach
    void closeAll() throws IOException {
        for (Channel channel : channels) {
            channel.close();
        }
    }

    /** Polls after every few changes, because Netty's kqueue loses changes beyond 4096 between two waits. */
    @Test
    void turnAllocatesNothing() throws IOException {
        try (Poller poller = backend.get().openPoller()) {
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

    /** Runs turns, each with changes of interest and a wait that a report ends. */
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

    private DatagramSocketChannel datagram() throws IOException {
        DatagramSocketChannel channel = backend.get().openDatagram(StandardProtocolFamily.INET);
        channels.add(channel);
        return channel.bind(Loopback.v4());
    }
}
