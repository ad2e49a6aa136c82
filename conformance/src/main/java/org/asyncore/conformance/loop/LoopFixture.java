// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.LoopBuilder;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The loop and connections of one test. Closes them afterwards. */
final class LoopFixture implements BeforeEachCallback, AfterEachCallback {
    private final Deque<Closeable> closeables = new ArrayDeque<>();
    private @Nullable Backend backend;
    private @Nullable Loop loop;

    @Override
    public void beforeEach(ExtensionContext context) {
        backend = BackendUnderTest.of(context);
        loop = builder().open();
    }

    /** Returns the test's loop. */
    Loop loop() {
        return Objects.requireNonNull(loop);
    }

    /** Replaces the test's loop by one with this policy, before any dispatcher has joined it. */
    void reopen(InterestPolicy policy) {
        loop().close();
        loop = builder().interestPolicy(policy).open();
    }

    /** Returns a builder of another loop over the same backend. */
    LoopBuilder builder() {
        return Loop.builder().backend(backend());
    }

    /** Returns the backend under test. */
    Backend backend() {
        return Objects.requireNonNull(backend);
    }

    /** Closes the resource after the test. */
    <T extends Closeable> T closing(T closeable) {
        closeables.push(closeable);
        return closeable;
    }

    /** Returns an established connection. */
    LoopConnection connection() throws IOException {
        Backend opening = backend();
        try (ServerChannel server = opening.openServer(StandardProtocolFamily.INET);
                Poller poller = opening.openPoller()) {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            poller.register(server, ops -> {}).interest(Ops.READ);
            SocketChannel peer = SocketChannel.open(Objects.requireNonNull(server.getLocalAddress()));
            closeables.push(peer);
            peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
            LoopConnection connection = new LoopConnection(accept(server, poller), peer);
            closeables.push(connection.channel());
            return connection;
        }
    }

    private static StreamChannel accept(ServerChannel server, Poller poller) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        StreamChannel accepted = null;
        while (accepted == null) {
            assertTrue(System.nanoTime() < end, "no connection is pending");
            poller.poll(end - System.nanoTime());
            accepted = server.accept();
        }
        return accepted;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (loop != null) {
            loop.close();
        }
        while (!closeables.isEmpty()) {
            closeables.pop().close();
        }
    }
}
