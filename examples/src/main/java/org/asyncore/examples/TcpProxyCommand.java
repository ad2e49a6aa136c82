// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Passes connections on. */
@Command(name = "tcp-proxy", description = "Passes TCP connections on to another server until SIGTERM or SIGINT.")
final class TcpProxyCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 65536;

    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Option(names = "--to", required = true, converter = HostPort.Converter.class, description = "HOST:PORT")
    private HostPort to = new HostPort("", 0);

    @Option(names = "--tls-to", description = "speak TLS with that server; of its versions only 1.3 can half-close")
    private boolean tls;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Override
    public Integer call() throws IOException {
        ProxyTarget target = new ProxyTarget(to, to.resolve(), tls ? trust.context() : null);
        BufferPool buffers = new BufferPool(BUFFER_BYTES);
        return options.run((loop, client) -> new ProxySide(loop, client, target, buffers));
    }
}
