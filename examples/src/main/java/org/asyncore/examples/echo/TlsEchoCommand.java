// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.cli.ListenOptions;
import org.asyncore.examples.cli.TlsOptions;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An echo server over TLS. */
@Command(
        name = "tls-echo",
        description = {
            "Echoes over TLS until SIGTERM or SIGINT.",
            "Without --cert it makes a self-signed certificate for localhost.",
            "Keeps " + (TlsEcho.MAX_KEPT_BYTES + ServerTls.MAX_KEPT_BYTES) / 1024 + LimitOptions.KIB_PER_CONNECTION
        })
public final class TlsEchoCommand implements Callable<Integer> {
    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Mixin
    private final TlsOptions tlsOptions = new TlsOptions();

    @Override
    public Integer call() throws IOException {
        @Nullable ServerTls asked = tlsOptions.server();
        ServerTls tls = asked != null ? asked : tlsOptions.of(SelfSignedCertificate.context());
        return options.run(
                TlsEcho.MAX_KEPT_BYTES + ServerTls.MAX_KEPT_BYTES,
                (loop, channel) -> new TlsEcho(loop, tls.over(channel)));
    }
}
