// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An echo server over TLS. */
@Command(
        name = "tls-echo",
        description = {
            "Echoes over TLS until SIGTERM or SIGINT.",
            "Without --cert, with a certificate for localhost that nobody has signed."
        })
final class TlsEchoCommand implements Callable<Integer> {
    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Mixin
    private final TlsOptions tlsOptions = new TlsOptions();

    @Option(names = "--host", description = "where to listen (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 0;

    @Override
    public Integer call() throws IOException {
        @Nullable ServerTls asked = tlsOptions.server();
        ServerTls tls = asked != null ? asked : tlsOptions.of(SelfSigned.context());
        InetSocketAddress local = new InetSocketAddress(host, port);
        return Service.run(options, loop -> {
            EchoListener listener = new EchoListener(
                    loop, local, (serving, channel, buffers) -> new TlsEcho(serving, tls.over(channel)));
            return Addresses.hostPort(listener.localAddress());
        });
    }
}
