// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.spi.ForwardingBackend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A loop with hosts of a test, a clock that the test moves, and a record of the sockets that were opened. After the test
 * it checks that all of them are closed.
 */
final class HostLoop implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final NamedHosts hosts = new NamedHosts();

    private final List<StreamChannel> opened = new ArrayList<>();
    private final List<Closeable> closeables = new ArrayList<>();
    private @Nullable ForwardingBackend backend;
    private @Nullable Loop loop;
    private long now;

    @Override
    public void beforeEach(ExtensionContext context) {
        backend = new ForwardingBackend(BackendUnderTest.of(context)) {
            @Override
            public StreamChannel openStream(ProtocolFamily family) throws IOException {
                StreamChannel stream = super.openStream(family);
                opened.add(stream);
                return stream;
            }
        };
        reopen(InterestPolicy.EVERY_TURN);
    }

    /** Replaces the loop by one with this policy, before any dispatcher has joined it. */
    void reopen(InterestPolicy policy) {
        if (loop != null) {
            loop.close();
        }
        loop = Loop.builder()
                .backend(requireNonNull(backend))
                .interestPolicy(policy)
                .hostResolver(hosts)
                .clock(() -> now)
                .open();
    }

    Loop loop() {
        return requireNonNull(loop);
    }

    /** Returns the sockets that were opened, in this order. */
    List<StreamChannel> opened() {
        return opened;
    }

    long openSockets() {
        return opened.stream().filter(StreamChannel::isOpen).count();
    }

    /** Returns a client that connects to a name. */
    HostClient connecting(String host, int port) throws IOException {
        HostClient client = new HostClient(loop());
        client.connect(host, port);
        return client;
    }

    /** Runs turns, without moving the clock. */
    void turnUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "did not happen in time: " + loop);
            loop().runOnce(Duration.ofMillis(10));
        }
    }

    /** Moves the clock, and runs some turns. */
    void turnsAt(Duration time) {
        now = time.toNanos();
        for (int i = 0; i < 5; i++) {
            loop().runOnce(Duration.ZERO);
        }
    }

    /** Closes the resource after the test. */
    <T extends Closeable> T closing(T closeable) {
        closeables.add(closeable);
        return closeable;
    }

    /** Returns a listener on a free port of 127.0.0.1. */
    ServerSocket listener() throws IOException {
        return listener(0, NamedHosts.v4());
    }

    /** Returns a listener of ::1 and one of 127.0.0.1 on one port, which another program may have at one of them. */
    List<ServerSocket> listeners() throws IOException {
        BindException taken = new BindException();
        for (int i = 0; i < 100; i++) {
            ServerSocket six = listener(0, NamedHosts.v6());
            try {
                return List.of(six, listener(six.getLocalPort(), NamedHosts.v4()));
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    ServerSocket listener(int port, InetAddress address) throws IOException {
        return closing(new ServerSocket(port, 1, address));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        hosts.release();
        loop().close();
        for (Closeable closeable : closeables) {
            closeable.close();
        }
        assertEquals(0, openSockets());
    }
}
