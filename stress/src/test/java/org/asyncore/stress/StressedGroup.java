// SPDX-License-Identifier: Apache-2.0
package org.asyncore.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;

/** A running group of one loop, and a channel that is handed over to it. */
final class StressedGroup {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int LEFT_RUNNING = 2;

    private final Backend backend = StressedLoop.backend();
    private final LoopGroup group =
            Loop.builder().backend(backend).slowHookThreshold(Duration.ZERO).openGroup(1);
    private final StreamChannel connection = open();
    private final AtomicInteger services = new AtomicInteger();
    private boolean ended;

    StressedGroup() {
        group.start();
    }

    private StreamChannel open() {
        try {
            return backend.openStream(StandardProtocolFamily.INET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shuts the group down. Does not wait. */
    void shutdown() {
        group.shutdown(GRACE);
    }

    /** Closes the group. */
    void close() {
        group.close();
    }

    /** Hands the connection over. */
    void serve() {
        try {
            group.serve(connection, this::serve);
        } catch (IllegalStateException e) {
            // the group has ended, and has closed the connection
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Loop loop, StreamChannel accepted) {
        services.incrementAndGet();
        new BufferedDispatcher(loop, accepted) {
            @Override
            public void handleClose() {
                close();
            }
        };
    }

    /** Waits until the group has ended. */
    void awaitEnd() {
        try {
            ended = group.awaitEnd(GRACE.dividedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        group.close();
    }

    /** Returns how often the connection was served. */
    int services() {
        return services.get();
    }

    /** Returns 0 if the connection is closed and the group ended in time. */
    int leftOpen() {
        return (connection.isOpen() ? 1 : 0) + (ended ? 0 : LEFT_RUNNING);
    }
}
