// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.asyncore.examples.cli.GroupOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An echo server over TCP, in two styles. */
@Command(
        name = "echo-server",
        description = {"Echoes over TCP until SIGTERM or SIGINT.", EchoStyle.MEMORY})
public final class EchoServerCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions options = new GroupOptions();

    @Option(
            names = "--style",
            paramLabel = "STYLE",
            description =
                    "asyncore (default) buffers in handleRead and sends in handleWrite; direct sends in handleRead")
    private EchoStyle style = EchoStyle.ASYNCORE;

    @Override
    public Integer call() throws IOException {
        return options.run(style.connectionBytes, loop -> style.service());
    }
}
