// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Waits until the kernel has delivered all bytes that were sent over loopback. Loopback is one queue, so a byte that is
 * sent later arrives later.
 */
final class Barrier implements Closeable {
    private static final int TRIPS = 3; // a SYN, its SYN-ACK, and the ACK

    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private final SocketChannel left;
    private final SocketChannel right;

    Barrier() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            left = SocketChannel.open(server.getLocalAddress());
            right = server.accept();
        }
        left.setOption(StandardSocketOptions.TCP_NODELAY, true);
        right.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    void await() throws IOException {
        for (int i = 0; i < TRIPS; i++) {
            left.write(one.clear());
            right.read(one.clear());
            right.write(one.clear());
            left.read(one.clear());
        }
    }

    @Override
    public void close() throws IOException {
        left.close();
        right.close();
    }
}
