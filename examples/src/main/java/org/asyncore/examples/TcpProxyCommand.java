// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.asyncore.tls.PemContext;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--cacert",
            paramLabel = "PEM",
            description = "the authorities to trust, with --tls-to (default: those of the JDK)")
    private @Nullable Path authorities;

    @Override
    public Integer call() throws IOException {
        ProxyTarget target = new ProxyTarget(to, to.resolve(), tls ? context() : null);
        BufferPool buffers = new BufferPool(BUFFER_BYTES);
        return options.run((loop, client) -> new ProxySide(loop, client, target, buffers));
    }

    private SSLContext context() throws IOException {
        PemContext context = new PemContext();
        return (authorities == null ? context : context.trust(authorities)).build();
    }
}
