// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimeLimit;

/**
 * A program whose address is taken away while a listener and a connection have it. It runs in a network of its own. The
 * connection is noticed by its time limit; the listener serves again when the address is back.
 */
final class WithoutAddress {
    private static final String ADDRESS = "192.0.2.1";
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private WithoutAddress() {}

    /**
     * Ends normally if the loop keeps its contract.
     *
     * @param args the poller's name
     */
    public static void main(String[] args) throws Exception {
        try (Loop loop = Loop.open(args[0])) {
            run(loop);
        }
    }

    private static void run(Loop loop) throws Exception {
        EchoServer here = new EchoServer(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Client other = Client.connected(loop, here.address());
        ip("add");
        EchoServer server = new EchoServer(loop, new InetSocketAddress(ADDRESS, 0));
        InetSocketAddress address = server.address();
        Client client = Client.connected(loop, address);
        ip("del");
        client.setTimeLimit(TimeLimit.IDLE, LIMIT);
        client.send(new byte[1]);
        System.out.println(client.awaitEnd());
        other.echo();
        Check.that(server.accepting(), "the listener has closed");
        bindingFails(loop);
        ip("add");
        Client.connected(loop, address).close();
        other.close();
        server.close();
        here.close();
    }

    private static void bindingFails(Loop loop) throws IOException {
        SocketDispatcher dispatcher = new SocketDispatcher(loop) {};
        dispatcher.createSocket();
        try {
            dispatcher.bind(new InetSocketAddress(ADDRESS, 0));
        } catch (BindException e) {
            Check.says(e, ADDRESS);
            Check.says(e, "no network interface has it");
            return;
        } finally {
            dispatcher.close();
        }
        throw new IllegalStateException("bound to an address that is not here");
    }

    private static void ip(String change) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("ip", "address", change, ADDRESS + "/32", "dev", "lo")
                .inheritIO()
                .start();
        Check.that(process.waitFor() == 0, "ip has failed");
    }
}
