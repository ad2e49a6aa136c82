// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.cli.ServerOptions;
import org.asyncore.examples.cli.ServerRunner;
import org.asyncore.examples.shared.Listener;
import org.asyncore.examples.shared.SocketFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An echo server over a Unix-domain socket. */
@Command(
        name = "unix-echo",
        description = {"Echoes over a Unix-domain socket until SIGTERM or SIGINT.", EchoStyle.MEMORY})
public final class UnixEchoCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Mixin
    private final LimitOptions limit = new LimitOptions();

    @Option(names = "--path", required = true, description = "the socket's file; removed at the end")
    private Path path = Path.of("");

    @Option(names = "--style", paramLabel = "STYLE", description = "asyncore (default) or direct")
    private EchoStyle style = EchoStyle.ASYNCORE;

    @Override
    public Integer call() throws IOException {
        UnixDomainSocketAddress local = UnixDomainSocketAddress.of(path);
        int connections = limit.connections(style.connectionBytes);
        return ServerRunner.run(options, loop -> {
            SocketFile.removeStale(path);
            return new Listener(loop, local, connections, style.service())
                    .localAddress()
                    .toString();
        });
    }
}
