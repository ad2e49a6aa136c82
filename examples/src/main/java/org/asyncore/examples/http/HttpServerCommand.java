// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.GroupOptions;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.cli.TlsOptions;
import org.asyncore.examples.proxyprotocol.ProxyProtocol;
import org.asyncore.examples.shared.Listener;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves the files of a folder over HTTP or HTTPS. */
@Command(
        name = "http-server",
        description = {
            "Serves the files of a folder over HTTP/1.1 until SIGTERM or SIGINT.",
            "Keeps " + HttpConnection.MAX_KEPT_BYTES / 1024 + " KiB, with TLS "
                    + (HttpConnection.MAX_KEPT_BYTES + ServerTls.MAX_KEPT_BYTES) / 1024
                    + LimitOptions.KIB_PER_CONNECTION
        })
public final class HttpServerCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions options = new GroupOptions();

    @Mixin
    private final TlsOptions tlsOptions = new TlsOptions();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            required = true,
            description = "the folder; nothing outside is served")
    private Path root = Path.of("");

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "how long a request may take to arrive (default: ${DEFAULT-VALUE})")
    private int idleSeconds = 30;

    @Option(names = "--tls", description = "speak TLS; implied by --cert")
    private boolean tls;

    @Option(
            names = "--proxy-protocol",
            description = "read a header of the PROXY protocol, version 2, before the first byte of each connection")
    private boolean proxyProtocol;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws IOException {
        ServerTls server = tlsOptions.server();
        check(!tls || server != null, "--tls needs --cert");
        check(idleSeconds > 0, "--idle must be positive");
        WebRoot files = new WebRoot(root);
        int connectionBytes = HttpConnection.MAX_KEPT_BYTES + (server == null ? 0 : ServerTls.MAX_KEPT_BYTES);
        return options.run(connectionBytes, loop -> {
            HttpSite site = new HttpSite(files, new HttpDates(), Duration.ofSeconds(idleSeconds), server);
            Listener.Service service = (own, channel) -> HttpConnection.serve(own, channel, site);
            return proxyProtocol ? new ProxyProtocol(service, site.idle()) : service;
        });
    }

    private void check(boolean right, String usage) {
        if (!right) {
            throw new ParameterException(requireNonNull(command).commandLine(), usage);
        }
    }
}
