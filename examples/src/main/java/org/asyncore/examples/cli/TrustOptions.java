// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.asyncore.tls.PemContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of a TLS client that says which servers it trusts. */
public final class TrustOptions {
    @Option(
            names = "--cacert",
            paramLabel = "PEM",
            description = "trust servers with certificates from these authorities (default: those of the JDK)")
    private @Nullable Path authorities;

    public SSLContext context() throws IOException {
        PemContext context = new PemContext();
        return (authorities == null ? context : context.trust(authorities)).build();
    }
}
