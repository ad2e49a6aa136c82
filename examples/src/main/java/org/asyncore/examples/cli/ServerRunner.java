// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.asyncore.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a server until SIGTERM or SIGINT, which close everything and end the program with 0. */
public final class ServerRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRunner.class);

    private ServerRunner() {}

    /** Opens a server in a loop. */
    public interface ServerOpener {
        /** Returns where it listens, as it is to be printed. */
        String open(Loop loop) throws IOException;
    }

    /** The exit code. */
    public static int run(LoopOptions options, ServerOpener server) throws IOException {
        CompletableFuture<Integer> closed = new CompletableFuture<>(); // with the exit code
        try {
            serve(options, server, closed);
            closed.complete(0);
            return 0;
        } finally {
            closed.complete(1); // unless it is complete already
        }
    }

    private static void serve(LoopOptions options, ServerOpener server, CompletableFuture<Integer> closed)
            throws IOException {
        try (Loop loop = options.open()) {
            String where = server.open(loop);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(loop, closed)));
            LOG.info("serving on {} by {}", where, loop.pollerName());
            System.out.println("listening on " + where);
            loop.run();
        }
        LOG.info("closed");
    }

    /** After SIGTERM the JVM would end with 143, and not wait for the loop's thread. */
    private static void end(Loop loop, CompletableFuture<Integer> closed) {
        loop.stop();
        Runtime.getRuntime().halt(closed.join());
    }
}
