// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.asyncore.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a server until SIGTERM or SIGINT. Then it closes everything, and the program exits with 0. */
public final class ServerRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRunner.class);

    private ServerRunner() {}

    /** Opens a server in a loop. */
    public interface ServerOpener {
        /** Opens the server, and returns the address on which it listens, for printing. */
        String open(Loop loop) throws IOException;

        /** Ends what {@link #open} has opened beside the loop. Called after the loop was closed. */
        default void close() {}
    }

    /** Runs the server, and returns the exit code. */
    public static int run(ServerOptions options, ServerOpener server) throws IOException {
        CompletableFuture<Integer> closed = new CompletableFuture<>(); // with the exit code
        try {
            serve(options, server, closed);
            closed.complete(0);
            return 0;
        } finally {
            closed.complete(1); // unless it is complete already
        }
    }

    private static void serve(ServerOptions options, ServerOpener server, CompletableFuture<Integer> closed)
            throws IOException {
        try (Loop loop = options.open()) {
            String address = server.open(loop);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(loop, options.grace(), closed)));
            LOG.info("serving on {} by {}", address, loop.pollerName());
            System.out.println("listening on " + address);
            loop.run();
        } finally {
            server.close();
        }
        LOG.info("closed");
    }

    /**
     * Shuts the loop down, and exits with the given code. After SIGTERM the JVM would exit with 143, without waiting for the
     * loop's thread.
     */
    private static void end(Loop loop, Duration grace, CompletableFuture<Integer> closed) {
        loop.shutdown(grace);
        Runtime.getRuntime().halt(closed.join());
    }
}
