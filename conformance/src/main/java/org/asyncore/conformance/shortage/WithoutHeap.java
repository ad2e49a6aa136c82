// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.LoopGroup;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/**
 * A server of two loops whose heap is exhausted, first by a hook and then by a task. It runs with a small heap. The hook
 * costs its own connection; the task ends its own loop.
 */
final class WithoutHeap {
    private static final byte ECHO = 0;
    private static final byte HOOK = 1;
    private static final byte TASK = 2;

    private final LoopGroup group;

    private WithoutHeap(LoopGroup group) {
        this.group = group;
    }

    /**
     * Ends normally if the group keeps its contract.
     *
     * @param args the poller's name
     */
    public static void main(String[] args) throws IOException {
        try (LoopGroup group = Loop.builder().poller(args[0]).name("loop").openGroup(2)) {
            new WithoutHeap(group).run();
        }
    }

    private void run() throws IOException {
        InetSocketAddress server = listen();
        group.start();
        try (Socket a0 = connect(server);
                Socket a1 = connect(server);
                Socket b0 = connect(server);
                Socket b1 = connect(server)) {
            ask(a0, HOOK);
            Check.that(a0.getInputStream().read() == -1, "the connection of the hook is still open");
            echo(a1);
            echo(b0); // in the same loop as the hook
            ask(b1, TASK);
            Check.that(b1.getInputStream().read() == -1, "the loop of the task still serves");
            Check.that(a1.getInputStream().read() == -1, "the loop of the task still serves another connection");
            echo(b0);
        }
        connect(server).close(); // which echoes
    }

    private InetSocketAddress listen() throws IOException {
        SocketDispatcher listener = new SocketDispatcher(group.loops().get(0)) {
            @Override
            public void handleAccepted(StreamChannel connection, SocketAddress remote) throws IOException {
                group.serve(connection, Hungry::new);
            }
        };
        listener.createSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(10);
        return (InetSocketAddress) requireNonNull(listener.localAddress());
    }

    private static Socket connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(60_000);
        echo(socket); // so that the next connection goes to the next loop
        return socket;
    }

    private static void ask(Socket socket, byte what) throws IOException {
        socket.getOutputStream().write(what);
    }

    private static void echo(Socket socket) throws IOException {
        ask(socket, ECHO);
        Check.that(socket.getInputStream().read() == ECHO, "no echo from " + socket);
    }

    /** Takes all of the heap, and throws the JVM's OutOfMemoryError. */
    private static void hoard() {
        byte[][] all = new byte[1 << 20][];
        for (int i = 0; ; i++) {
            all[i] = new byte[1 << 20];
        }
    }

    private static final class Hungry extends BufferedDispatcher {
        Hungry(Loop loop, StreamChannel connection) {
            super(loop, connection);
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer input = readBuffer();
            if (recv(input) <= 0) {
                return;
            }
            switch (input.flip().get(0)) {
                case HOOK -> hoard();
                case TASK -> loop().execute((Runnable) WithoutHeap::hoard);
                default -> send(input);
            }
        }

        @Override
        public void handleClose() {
            close();
        }
    }
}
