// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.asyncore.Loop;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Listens on an address of a family, and gives each connection a {@link LoggingDispatcher}. */
final class LoggingServer extends LoggingDispatcher {
    private final List<String> hooks;

    private @Nullable LoggingDispatcher handler; // of the last connection

    LoggingServer(Loop loop, List<String> hooks, StandardProtocolFamily family, Path folder) throws IOException {
        super(loop, hooks, "server");
        this.hooks = hooks;
        createSocket(family, SocketType.STREAM);
        bind(free(family, folder));
        listen(5);
    }

    /** Returns an address to bind to. Aborts the test if the system does not have the family. */
    static SocketAddress free(StandardProtocolFamily family, Path folder) throws IOException {
        if (family == StandardProtocolFamily.UNIX) {
            return UnixDomainSocketAddress.of(folder.resolve("socket"));
        }
        String host = family == StandardProtocolFamily.INET6 ? "::1" : "127.0.0.1";
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), 0);
        try (ServerSocketChannel probe = ServerSocketChannel.open()) {
            probe.bind(address);
        } catch (IOException e) {
            Assumptions.abort("no " + family + " here: " + e);
        }
        return address;
    }

    SocketAddress address() {
        return Objects.requireNonNull(localAddress());
    }

    LoggingDispatcher handler() {
        return Objects.requireNonNull(handler);
    }

    @Override
    public void handleAccepted(StreamChannel channel, SocketAddress remote) {
        note("accepted");
        handler = new LoggingDispatcher(loop(), hooks, "handler", channel);
    }
}
