// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.Listener;

/**
 * Serves by several loops. One of them accepts, or each of them does, on the same port. Either way the loop with the
 * fewest connections serves the next one.
 */
final class GroupServer implements ServerRunner.Server, Listener.Service {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final LoopGroup group;
    private final ListenOptions options;
    private final int limit;
    private final ListenOptions.ServiceOpener opener;
    private final IdentityHashMap<Loop, Listener.Service> services = new IdentityHashMap<>(); // complete before start
    private final int listeners;
    private final AtomicInteger listening;
    private volatile boolean shutDown; // by the operator

    /**
     * Takes a group over, which is not started.
     *
     * @param limit the most connections of all loops together
     * @param opener opens a service for each loop
     */
    GroupServer(LoopGroup group, ListenOptions options, int limit, ListenOptions.ServiceOpener opener) {
        this.group = group;
        this.options = options;
        this.limit = limit;
        this.opener = opener;
        listeners = options.sharesPort() ? group.loops().size() : 1;
        listening = new AtomicInteger(listeners);
    }

    @Override
    public String open() throws IOException {
        List<Loop> loops = group.loops();
        for (Loop loop : loops) {
            services.put(loop, opener.open(loop));
        }
        SocketAddress address = listen(loops.get(0), options.address());
        for (Loop loop : loops.subList(1, listeners)) {
            listen(loop, address);
        }
        group.start();
        return Addresses.hostPort(address);
    }

    private SocketAddress listen(Loop loop, SocketAddress address) throws IOException {
        return requireNonNull(options.listener(loop, address, limit, this).localAddress());
    }

    @Override
    public String pollerName() {
        return group.loops().size() + " loops of " + group.loops().get(0).pollerName();
    }

    @Override
    public void run() throws IOException {
        try {
            boolean ended = false;
            while (!ended) {
                ended = group.awaitEnd(FOREVER);
            }
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("interrupted while serving").initCause(e);
        }
        if (!shutDown) {
            throw new IOException("no loop is left that accepts connections; the log tells why");
        }
    }

    @Override
    public void shutdown(Duration grace) {
        shutDown = true;
        group.shutdown(grace);
    }

    @Override
    public void close() {
        group.close();
        services.values().forEach(Listener.Service::close);
    }

    // The service of the listeners.

    @Override
    public void serve(Loop accepting, StreamChannel connection) throws IOException {
        group.serve(
                connection,
                (loop, channel) -> requireNonNull(services.get(loop)).serve(loop, channel));
    }

    @Override
    public int connections(Loop accepting) {
        return group.dispatchers() - listening.get();
    }

    /** Ends the server, if no listener is left although nobody has shut it down: the loops that accept have failed. */
    @Override
    public void listenerClosed() {
        if (listening.decrementAndGet() == 0 && !shutDown) {
            group.shutdown(options.grace());
        }
    }
}
