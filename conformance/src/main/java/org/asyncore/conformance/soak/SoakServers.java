// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.Loopback;
import org.asyncore.spi.Backend;

/** Two echo servers in a group of two loops: a steady one that echoes everything, and a rough one that cuts. */
final class SoakServers implements AutoCloseable {
    private static final int LOOPS = 2;
    private static final int LISTENERS = 2;
    private static final int BACKLOG = 4_096;

    private final LoopGroup group;
    private final long seed;
    private final List<String> complaints;
    private final SocketAddress steady;
    private final SocketAddress rough;
    private long accepted; // by both listeners, which are in one loop

    SoakServers(Backend backend, long seed, List<String> complaints) throws IOException {
        this.seed = seed;
        this.complaints = complaints;
        group = Loop.builder()
                .backend(backend)
                .interestPolicy(InterestPolicy.ON_CHANGE)
                .name("soak")
                .openGroup(LOOPS);
        steady = listen(false);
        rough = listen(true);
        group.start();
    }

    private SocketAddress listen(boolean cuts) throws IOException {
        SocketDispatcher listener = new SocketDispatcher(group.loops().get(0)) {
            @Override
            public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
                long number = accepted++;
                group.serve(connection, (loop, channel) -> serve(loop, channel, number, cuts));
            }

            @Override
            public void handleError(Throwable cause) {
                complaints.add("a listener failed: " + cause);
                close();
            }
        };
        listener.createSocket();
        listener.bind(Loopback.v4());
        listener.listen(BACKLOG);
        return requireNonNull(listener.localAddress());
    }

    private void serve(Loop loop, StreamChannel connection, long number, boolean cuts) throws IOException {
        if (number % 4 < 2) {
            connection.setOption(StandardSocketOptions.SO_SNDBUF, SoakPlan.SMALL_BUFFER_BYTES);
        }
        if (cuts) {
            new RoughEcho(loop, connection, SoakPlan.random(~seed, number), complaints);
        } else if (number % 2 == 0) {
            new BufferedEcho(loop, connection, complaints);
        } else {
            new ChatEcho(loop, connection, complaints);
        }
    }

    /** Returns the address of one of the two servers. */
    SocketAddress address(boolean cuts) {
        return cuts ? rough : steady;
    }

    /** Returns the number of dispatchers besides the listeners. */
    int connections() {
        return group.loops().stream()
                        .mapToInt(loop -> loop.statistics().dispatchers())
                        .sum()
                - LISTENERS;
    }

    /** Returns the number of bytes that the servers have queued. */
    long queuedBytes() {
        return group.loops().stream()
                .mapToLong(loop -> loop.statistics().queuedBytes())
                .sum();
    }

    @Override
    public void close() {
        group.close();
    }
}
