// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.ServiceLoader;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.TooManyOpenFilesException;
import org.asyncore.spi.Backend;

/** A program that accepts connections when it has no descriptor left. It runs with a low limit of descriptors. */
final class DescriptorExhaustion {
    private static final int CLIENTS = 40;
    private static final int ATTEMPTS = 20_000;

    private static volatile boolean stopped; // set by the main thread, read by the other

    private static final int MAX_ACCEPTED = 30;

    private final Deque<Closeable> taken = new ArrayDeque<>();
    private int accepts;
    private int exhausted;

    private DescriptorExhaustion() {}

    /**
     * Ends normally if the backend keeps its contract.
     *
     * @param args the backend's name
     */
    public static void main(String[] args) throws IOException {
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            if (backend.name().equals(args[0])) {
                new DescriptorExhaustion().check(backend);
                return;
            }
        }
        throw new IllegalArgumentException("no such backend: " + args[0]);
    }

    private void check(Backend backend) throws IOException {
        try (ServerChannel server = backend.openServer(StandardProtocolFamily.INET)) {
            server.bind(Loopback.v4(), 2 * CLIENTS);
            loadClasses(server);
            Deque<Socket> clients = new ArrayDeque<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.push(connect(server));
            }
            takeEveryDescriptor();
            expectExhaustion(server);
            expectOnlyExhaustion(server);
            giveBack();
            clients.push(connect(server));
            acceptWaiting(server);
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /**
     * Checks that accepting fails only because there is no descriptor, while another thread closes and opens one
     * repeatedly.
     */
    private void expectOnlyExhaustion(ServerChannel server) throws IOException {
        taken.pop().close();
        Thread other = new Thread(DescriptorExhaustion::openAndClose);
        other.setDaemon(true);
        other.start();
        for (int i = 0; i < ATTEMPTS; i++) {
            try (Closeable accepted = server.accept()) {
                accepts += accepted == null ? 0 : 1;
            } catch (TooManyOpenFilesException e) {
                exhausted++;
            }
        }
        System.out.println(accepts + " connections accepted, " + exhausted + " attempts without a descriptor");
        stopped = true;
    }

    private static void openAndClose() {
        while (!stopped) {
            try (FileInputStream in = new FileInputStream("/dev/null")) {
                spin(in.hashCode());
            } catch (IOException e) {
                // the accepting thread has the descriptor now
            }
        }
    }

    private static void spin(int seed) {
        for (int i = 0; i < (seed & 255); i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * Loads the classes that accepting and this test use, because no descriptor is left to load them later. The backend
     * has to load the classes that it uses only when none is left.
     */
    private void loadClasses(ServerChannel server) throws IOException {
        try (Socket peer = connect(server)) {
            peer.setTcpNoDelay(true);
            acceptWaiting(server);
        }
        taken.push(new FileInputStream("/dev/null"));
        giveBack();
    }

    private static Socket connect(ServerChannel server) throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        return new Socket(address.getAddress(), address.getPort());
    }

    private static void acceptWaiting(ServerChannel server) throws IOException {
        Deadline.await("a connection", () -> {
            try (Closeable accepted = server.accept()) {
                return accepted != null;
            }
        });
    }

    private void takeEveryDescriptor() {
        boolean opened = true;
        while (opened) {
            try {
                taken.push(new FileInputStream("/dev/null"));
            } catch (IOException e) {
                opened = false;
            }
        }
    }

    /**
     * Accepts until it fails. Other threads of the JVM free descriptors meanwhile, for example compilers that have read
     * the limits of the container; a connection that is accepted with such a descriptor keeps it.
     */
    private void expectExhaustion(ServerChannel server) throws IOException {
        for (int i = 1; i < MAX_ACCEPTED; i++) {
            try {
                Closeable accepted = server.accept();
                if (accepted == null) {
                    throw new IllegalStateException("accept() returned null though a connection is pending");
                }
                taken.push(accepted);
            } catch (TooManyOpenFilesException expected) {
                return;
            }
            takeEveryDescriptor();
        }
        throw new IllegalStateException("accepted without a descriptor");
    }

    private void giveBack() throws IOException {
        while (!taken.isEmpty()) {
            taken.pop().close();
        }
    }
}
