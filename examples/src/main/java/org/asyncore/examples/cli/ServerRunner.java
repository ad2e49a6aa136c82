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

    /** A server and the loops that it runs in. */
    interface Server extends AutoCloseable {
        /** Opens the server, and returns the address on which it listens, for printing. */
        String open() throws IOException;

        /** Returns the name of the poller. */
        String pollerName();

        /** Serves until the server is shut down. */
        void run() throws IOException;

        /** Shuts the server down. Any thread. */
        void shutdown(Duration grace);

        /** Closes the server and its loops. */
        @Override
        void close();
    }

    /** Runs a server in one loop on this thread, and returns the exit code. */
    public static int run(ServerOptions options, ServerOpener opener) throws IOException {
        return run(options.grace(), new LoopServer(options.open(), opener));
    }

    /** Runs a server, and returns the exit code. */
    static int run(Duration grace, Server server) throws IOException {
        CompletableFuture<Integer> closed = new CompletableFuture<>(); // with the exit code
        try {
            serve(grace, server, closed);
            closed.complete(0);
            return 0;
        } finally {
            closed.complete(1); // unless it is complete already
        }
    }

    private static void serve(Duration grace, Server running, CompletableFuture<Integer> closed) throws IOException {
        try (Server server = running) {
            String address = server.open();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, grace, closed)));
            LOG.info("serving on {} by {}", address, server.pollerName());
            System.out.println("listening on " + address);
            SystemdNotify.ready();
            server.run();
        }
        LOG.info("closed");
    }

    /**
     * Shuts the server down, and exits with the given code. After SIGTERM the JVM would exit with 143, without waiting for
     * the server's threads.
     */
    private static void end(Server server, Duration grace, CompletableFuture<Integer> closed) {
        server.shutdown(grace);
        SystemdNotify.stopping();
        Runtime.getRuntime().halt(closed.join());
    }

    private record LoopServer(Loop loop, ServerOpener opener) implements Server {
        @Override
        public String open() throws IOException {
            return opener.open(loop);
        }

        @Override
        public String pollerName() {
            return loop.pollerName();
        }

        @Override
        public void run() {
            loop.run();
        }

        @Override
        public void shutdown(Duration grace) {
            loop.shutdown(grace);
        }

        @Override
        public void close() {
            try {
                loop.close();
            } finally {
                opener.close();
            }
        }
    }
}
