// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.asyncore.InheritedSockets;
import org.asyncore.Loop;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.Listener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every TCP server: its loop, its limit of connections, and its address. */
public final class ListenOptions {
    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Mixin
    private final LimitOptions limit = new LimitOptions();

    @Option(names = "--host", description = "the address to listen on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 chooses a free one (default: ${DEFAULT-VALUE})")
    private int port = 0;

    @Option(names = "--reuse-port", description = "let several listeners of this user share the port (SO_REUSEPORT)")
    private boolean reusePort;

    /** Opens a service in the loop that runs it. */
    @FunctionalInterface
    public interface ServiceOpener {
        Listener.Service open(Loop loop) throws IOException;
    }

    /**
     * Serves until SIGTERM or SIGINT, and returns the exit code.
     *
     * @param connectionBytes the most bytes that a connection keeps
     */
    public int run(int connectionBytes, Listener.Service service) throws IOException {
        return open(connectionBytes, loop -> service);
    }

    /** Opens a service in the loop, runs it until SIGTERM or SIGINT, and returns the exit code. */
    public int open(int connectionBytes, ServiceOpener opener) throws IOException {
        return open(connectionBytes, 1, opener);
    }

    /** Opens a service in each of several loops. */
    int open(int connectionBytes, int loops, ServiceOpener opener) throws IOException {
        int connections = limit.connections(connectionBytes);
        if (loops == 1) {
            return ServerRunner.run(options, new OneLoop(opener, connections));
        }
        GroupServer server = new GroupServer(options.openGroup(loops), this, connections, opener);
        return ServerRunner.run(options.grace(), server);
    }

    SocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    boolean sharesPort() {
        return reusePort && InheritedSockets.descriptors().isEmpty();
    }

    /** Makes a listener on the socket that systemd has opened, or else on this address. */
    Listener listener(Loop loop, SocketAddress address, int connections, Listener.Service service) throws IOException {
        Integer inherited = SystemdSocket.descriptor();
        return inherited == null
                ? new Listener(loop, address, connections, service, reusePort)
                : new Listener(loop, inherited, connections, service);
    }

    Duration grace() {
        return options.grace();
    }

    /** Listens and serves in one loop. */
    private final class OneLoop implements ServerRunner.ServerOpener {
        private final ServiceOpener opener;
        private final int connections;
        private Listener.@Nullable Service service; // null until it is open

        OneLoop(ServiceOpener opener, int connections) {
            this.opener = opener;
            this.connections = connections;
        }

        @Override
        public String open(Loop loop) throws IOException {
            Listener.Service opened = opener.open(loop);
            service = opened;
            return Addresses.hostPort(
                    listener(loop, address(), connections, opened).localAddress());
        }

        @Override
        public void close() {
            if (service != null) {
                service.close();
            }
        }
    }
}
