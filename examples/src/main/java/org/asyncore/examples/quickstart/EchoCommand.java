// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.asyncore.Loop;
import org.asyncore.examples.cli.LoopOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an echo server, its handler and a client in one loop. */
@Command(name = "echo", description = "Sends a message through an echo server in the same loop, and ends.")
public final class EchoCommand implements Callable<Integer> {
    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Override
    public Integer call() throws IOException {
        byte[] message = message();
        try (Loop loop = options.open()) {
            LoggingEchoServer server =
                    new LoggingEchoServer(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            LoggingEchoClient client =
                    new LoggingEchoClient(loop, Objects.requireNonNull(server.localAddress()), message);
            loop.run();
            if (!client.isWhole()) {
                throw new IOException("the message did not come back whole");
            }
        }
        System.out.println("the message came back whole: " + message.length + " bytes");
        return 0;
    }

    private static byte[] message() throws IOException {
        try (InputStream text = Objects.requireNonNull(EchoCommand.class.getResourceAsStream("lorem.txt"))) {
            return text.readAllBytes();
        }
    }
}
