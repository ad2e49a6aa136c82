// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.asyncore.examples.shared.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several server processes that share a port by SO_REUSEPORT, and the process that keeps them running. */
final class ServerProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcesses.class);
    private static final Duration AFTER_GRACE = Duration.ofSeconds(10); // for a JVM to end

    private final List<ServerProcess> members = new ArrayList<>();
    private final Duration grace;

    /** @param grace the time that the processes give their connections after SIGTERM */
    ServerProcesses(Duration grace) {
        this.grace = grace;
    }

    /**
     * Runs processes until SIGTERM or SIGINT.
     *
     * @param command returns the command line of a process that listens on that port
     */
    void run(InetSocketAddress local, int processes, IntFunction<List<String>> command) throws IOException {
        try (SocketChannel reserved = reserve(local)) {
            InetSocketAddress address = (InetSocketAddress) reserved.getLocalAddress();
            for (int i = 0; i < processes; i++) {
                members.add(new ServerProcess(command.apply(address.getPort())));
            }
            members.forEach(ServerProcess::start);
            for (ServerProcess member : members) {
                if (!member.awaitListening()) {
                    members.forEach(ServerProcess::end);
                    throw new IOException("a process has ended before it listened; its own message says why");
                }
            }
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            LOG.info("serving on {} by {} processes", Addresses.hostPort(address), processes);
            System.out.println("listening on " + Addresses.hostPort(address));
            awaitShutdown();
        }
    }

    /** Returns a socket that keeps the port while no process has it. It does not listen, so it gets no connection. */
    private static SocketChannel reserve(InetSocketAddress local) throws IOException {
        if (local.isUnresolved()) {
            throw new UnknownHostException(local.getHostString());
        }
        SocketChannel socket = SocketChannel.open((StandardProtocolFamily) Addresses.family(local));
        boolean bound = false;
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            socket.bind(local);
            bound = true;
            return socket;
        } catch (UnsupportedOperationException e) {
            throw new IOException("processes cannot share a port on this system: use --mode reactor", e);
        } catch (IOException e) {
            throw new IOException("cannot bind to " + Addresses.hostPort(local) + ": " + e.getMessage(), e);
        } finally {
            if (!bound) {
                socket.close();
            }
        }
    }

    private static void awaitShutdown() throws IOException {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Ends the processes, and then this one, in the hook that runs after SIGTERM. */
    private void end() {
        long end = System.nanoTime() + grace.plus(AFTER_GRACE).toNanos();
        members.forEach(ServerProcess::end);
        try {
            for (ServerProcess member : members) {
                member.awaitEnd(Duration.ofNanos(end - System.nanoTime()).toMillis());
            }
            LOG.info("closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0); // the JVM would exit with 143
    }
}
