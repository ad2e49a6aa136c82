// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;

/**
 * A program that connects until no local port is left. It runs in a network of its own, in which it may set the range of
 * these ports.
 */
final class WithoutPorts {
    private static final int FIRST = 40_000;
    private static final int PORTS = 8;
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    private WithoutPorts() {}

    /**
     * Ends normally if the loop keeps its contract.
     *
     * @param args the poller's name
     */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"), FIRST + " " + (FIRST + PORTS - 1));
        try (Loop loop = Loop.open(args[0])) {
            EchoServer server = new EchoServer(loop, SERVER);
            run(loop);
            server.close();
        }
    }

    private static void run(Loop loop) throws IOException {
        Deque<Client> clients = new ArrayDeque<>();
        Client late = new Client(loop);
        for (boolean left = true; left; ) {
            Check.that(clients.size() <= PORTS, "more connections than ports");
            left = connects(loop, clients, late);
        }
        Check.that(clients.size() >= PORTS / 2, "only " + clients.size() + " connections");
        bindingFails(loop);
        for (Client client : clients) {
            client.echo();
        }
        clients.pop().reset();
        late.close();
        Client next = Client.connected(loop, SERVER);
        next.reset();
        for (Client client : clients) {
            client.reset();
        }
    }

    private static boolean connects(Loop loop, Deque<Client> clients, Client late) throws IOException {
        try {
            clients.push(Client.connected(loop, SERVER));
            return true;
        } catch (BindException e) {
            Check.says(e, "cannot connect to " + SERVER);
            Check.says(e, "all local ports may be in use");
        }
        try {
            late.open(SERVER);
        } catch (BindException e) {
            return false;
        }
        throw new IllegalStateException("a port is left");
    }

    private static void bindingFails(Loop loop) throws IOException {
        SocketDispatcher dispatcher = new SocketDispatcher(loop) {};
        dispatcher.createSocket();
        try {
            dispatcher.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (BindException e) {
            Check.says(e, "all local ports may be in use");
            return;
        } finally {
            dispatcher.close();
        }
        throw new IllegalStateException("bound without a port");
    }
}
