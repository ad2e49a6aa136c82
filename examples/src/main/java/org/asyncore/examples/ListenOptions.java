// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.asyncore.Loop;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every server over TCP takes: which loop to run on, and where to listen. */
final class ListenOptions {
    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Option(names = "--host", description = "where to listen (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 0;

    /** Makes what is served, in the loop that serves it. */
    @FunctionalInterface
    interface Opening {
        TcpListener.Serving open(Loop loop) throws IOException;
    }

    /** Serves until SIGTERM or SIGINT; the exit code. */
    int run(TcpListener.Serving serving) throws IOException {
        return open(loop -> serving);
    }

    /** Serves what is opened in the loop, until SIGTERM or SIGINT; the exit code. */
    int open(Opening opening) throws IOException {
        InetSocketAddress local = new InetSocketAddress(host, port);
        return Service.run(options, loop -> {
            TcpListener listener = new TcpListener(loop, local, opening.open(loop));
            return Addresses.hostPort(listener.localAddress());
        });
    }
}
