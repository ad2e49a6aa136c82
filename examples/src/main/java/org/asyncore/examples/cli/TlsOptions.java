// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.asyncore.examples.shared.ServerTls;
import org.asyncore.tls.PemContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of a server that can speak TLS. */
public final class TlsOptions {
    @Option(
            names = "--cert",
            paramLabel = "PEM",
            description = "speak TLS with this certificate and its chain; may be repeated for several names")
    private List<Path> certificates = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "PEM",
            description = "the certificate's private key, in PKCS#8 (default: in the file of the certificate)")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--client-ca",
            paramLabel = "PEM",
            description = "serve only clients with certificates from these authorities")
    private @Nullable Path clientAuthorities;

    @Option(
            names = "--alpn",
            paramLabel = "NAME",
            split = ",",
            description = "the ALPN protocols to offer, the preferred one first")
    private List<String> protocols = new ArrayList<>();

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Returns the TLS settings, or null if no certificate is given. */
    @Nullable
    public ServerTls server() throws IOException {
        return certificates.isEmpty() ? null : of(context());
    }

    /** Returns the TLS settings with another context, for a program that makes its own certificate. */
    public ServerTls of(SSLContext context) {
        return new ServerTls(context, clientAuthorities != null, protocols);
    }

    private SSLContext context() throws IOException {
        if (!keys.isEmpty() && keys.size() != certificates.size() && command != null) {
            throw new ParameterException(command.commandLine(), "--key must be given as often as --cert");
        }
        PemContext context = new PemContext();
        for (int i = 0; i < certificates.size(); i++) {
            context.identity(certificates.get(i), (keys.isEmpty() ? certificates : keys).get(i));
        }
        if (clientAuthorities != null) {
            context.trust(clientAuthorities);
        }
        return context.build();
    }
}
