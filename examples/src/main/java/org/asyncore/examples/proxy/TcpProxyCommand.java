// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.HostPort;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.cli.ListenOptions;
import org.asyncore.examples.cli.TrustOptions;
import org.asyncore.examples.shared.BufferPool;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Passes TCP connections on to another server. */
@Command(
        name = "tcp-proxy",
        description = {
            "Passes TCP connections on to another server until SIGTERM or SIGINT.",
            "Keeps " + ProxyTarget.MAX_KEPT_BYTES / 1024 + " KiB of direct memory, with --tls-to "
                    + (ProxyTarget.MAX_KEPT_BYTES + ServerTls.MAX_KEPT_BYTES) / 1024 + LimitOptions.KIB_PER_CONNECTION
        })
public final class TcpProxyCommand implements Callable<Integer> {
    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Option(names = "--to", required = true, converter = HostPort.Converter.class, description = "HOST:PORT")
    private HostPort to = new HostPort("", 0);

    @Option(names = "--tls-to", description = "speak TLS to that server; only TLS 1.3 can half-close")
    private boolean tls;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            description = "how long connecting to that server may take (default: ${DEFAULT-VALUE})")
    private long connectSeconds = 10;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "how long a connection may pass nothing (default: ${DEFAULT-VALUE})")
    private long idleSeconds = 600;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws IOException {
        if (connectSeconds < 1 || idleSeconds < 1) {
            throw new ParameterException(
                    requireNonNull(command).commandLine(), "--connect-timeout and --idle must be positive");
        }
        ProxyTarget target = new ProxyTarget(
                to,
                to.resolve(),
                tls ? trust.context() : null,
                Duration.ofSeconds(connectSeconds),
                Duration.ofSeconds(idleSeconds));
        int connectionBytes = ProxyTarget.MAX_KEPT_BYTES + (tls ? ServerTls.MAX_KEPT_BYTES : 0);
        return options.run(connectionBytes, new ProxyService(target, new BufferPool(ProxyTarget.BUFFER_BYTES)));
    }
}
