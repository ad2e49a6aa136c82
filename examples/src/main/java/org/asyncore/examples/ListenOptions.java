// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every server over TCP takes: which loop to run on, and where to listen. */
final class ListenOptions {
    @Mixin
    private final LoopOptions loop = new LoopOptions();

    @Option(names = "--host", description = "where to listen (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 0;

    /** Serves until SIGTERM or SIGINT; the exit code. */
    int run(TcpListener.Serving serving) throws IOException {
        InetSocketAddress local = new InetSocketAddress(host, port);
        return Service.run(loop, opened -> Addresses.hostPort(new TcpListener(opened, local, serving).localAddress()));
    }
}
