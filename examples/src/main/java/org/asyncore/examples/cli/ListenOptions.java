// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.asyncore.Loop;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.Listener;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every server over TCP takes: which loop to run on, and where to listen. */
public final class ListenOptions {
    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Mixin
    private final LimitOptions limit = new LimitOptions();

    @Option(names = "--host", description = "where to listen (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 0;

    /** Makes what is served, in the loop that serves it. */
    @FunctionalInterface
    public interface ServiceOpener {
        Listener.Service open(Loop loop) throws IOException;
    }

    /**
     * Serves until SIGTERM or SIGINT; the exit code.
     *
     * @param connectionBytes what a connection may keep
     */
    public int run(int connectionBytes, Listener.Service service) throws IOException {
        return open(connectionBytes, loop -> service);
    }

    /** Serves what is opened in the loop, until SIGTERM or SIGINT; the exit code. */
    public int open(int connectionBytes, ServiceOpener opener) throws IOException {
        InetSocketAddress local = new InetSocketAddress(host, port);
        int connections = limit.connections(connectionBytes);
        return ServerRunner.run(options, loop -> {
            Listener listener = new Listener(loop, local, connections, opener.open(loop));
            return Addresses.hostPort(listener.localAddress());
        });
    }
}
