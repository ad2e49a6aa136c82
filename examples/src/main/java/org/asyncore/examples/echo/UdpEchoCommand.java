// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.ServerOptions;
import org.asyncore.examples.cli.ServerRunner;
import org.asyncore.examples.shared.Addresses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An echo server over UDP. */
@Command(
        name = "udp-echo",
        description = {
            "Echoes datagrams until SIGTERM or SIGINT.",
            "Keeps nothing for a sender: a datagram that the system has no room for is lost."
        })
public final class UdpEchoCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Option(names = "--host", description = "the address to receive on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 chooses a free one (default: ${DEFAULT-VALUE})")
    private int port = 0;

    @Override
    public Integer call() throws IOException {
        InetSocketAddress local = new InetSocketAddress(host, port);
        return ServerRunner.run(options, loop -> Addresses.hostPort(new UdpEcho(loop, local).localAddress()));
    }
}
