// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.cli.ListenOptions;
import org.asyncore.examples.cli.TlsOptions;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A mail server that stores all mail that it gets, and passes nothing on. */
@Command(
        name = "smtp-server",
        description = {
            "Stores all mail that it gets in a maildir, until SIGTERM or SIGINT.",
            "Keeps " + SmtpSession.MAX_KEPT_BYTES / 1024 + " KiB, with --starttls "
                    + (SmtpSession.MAX_KEPT_BYTES + ServerTls.MAX_KEPT_BYTES) / 1024 + LimitOptions.KIB_PER_CONNECTION
        })
public final class SmtpServerCommand implements Callable<Integer> {
    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    @Option(names = "--starttls", description = "let clients change to TLS; needs --cert")
    private boolean starttls;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--maildir",
            paramLabel = "DIR",
            required = true,
            description = "the folder for mails; created if missing")
    private Path maildir = Path.of("");

    @Option(names = "--name", description = "the server's name in replies (default: ${DEFAULT-VALUE})")
    private String name = "localhost";

    @Option(
            names = "--max-size",
            paramLabel = "BYTES",
            description = "the most bytes of a mail (default: ${DEFAULT-VALUE})")
    private long maxBytes = 10 << 20;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "how long a client may take for a line (default: ${DEFAULT-VALUE})")
    private long idleSeconds = 300; // the least by RFC 5321 section 4.5.3.2.7

    @Override
    public Integer call() throws IOException {
        ServerTls server = tls.server();
        check(starttls == (server != null), "--starttls and --cert must be given together");
        check(SmtpDialog.isHost(name), "--name must be the name of a host, or its address in brackets");
        check(maxBytes > 0 && idleSeconds > 0, "--max-size and --idle must be positive");
        SmtpSettings settings = new SmtpSettings(name, maxBytes, Duration.ofSeconds(idleSeconds), server);
        int connectionBytes = SmtpSession.MAX_KEPT_BYTES + (server == null ? 0 : ServerTls.MAX_KEPT_BYTES);
        return options.open(connectionBytes, loop -> new SmtpService(settings, new Maildir(maildir, name, loop)));
    }

    private void check(boolean right, String usage) {
        if (!right) {
            throw new ParameterException(requireNonNull(spec).commandLine(), usage);
        }
    }
}
