// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An echo server over TCP, in two styles. */
@Command(name = "echo-server", description = "Echoes over TCP until SIGTERM or SIGINT.")
final class EchoServerCommand implements Callable<Integer> {
    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Option(names = "--host", description = "where to listen (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 0;

    @Option(
            names = "--style",
            paramLabel = "STYLE",
            description =
                    "asyncore (default) buffers in handleRead and sends in handleWrite; direct sends in handleRead")
    private EchoStyle style = EchoStyle.ASYNCORE;

    @Override
    public Integer call() throws IOException {
        InetSocketAddress local = new InetSocketAddress(host, port);
        return Service.run(options, loop -> Addresses.hostPort(new EchoListener(loop, local, style).localAddress()));
    }
}
