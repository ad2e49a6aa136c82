// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.asyncore.tls.PemContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a client takes that can speak TLS: whom to trust. */
final class TrustOptions {
    @Option(
            names = "--cacert",
            paramLabel = "PEM",
            description = "trust servers with certificates from these authorities (default: those of the JDK)")
    private @Nullable Path authorities;

    SSLContext context() throws IOException {
        PemContext context = new PemContext();
        return (authorities == null ? context : context.trust(authorities)).build();
    }
}
