// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Connected Unix-domain sockets of Netty, pair by pair. */
final class UnixPairs {
    private static final int MAX_ADDRESS_BYTES = 128;

    private final List<Socket> sockets = new ArrayList<>();
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);

    void open(int count) throws IOException {
        try (TemporaryUnixAddress rendezvous = new TemporaryUnixAddress()) {
            Socket server = Socket.newSocketDomain();
            DomainSocketAddress address =
                    new DomainSocketAddress(rendezvous.path().toFile());
            server.bind(address);
            server.listen(16);
            while (sockets.size() < count) {
                Socket near = Socket.newSocketDomain();
                near.connect(address);
                sockets.add(near);
                sockets.add(new Socket(server.accept(new byte[MAX_ADDRESS_BYTES])));
            }
            server.close();
        }
    }

    Socket get(int source) {
        return sockets.get(source);
    }

    void send(int source) throws IOException {
        sockets.get(source).write(one, 0, 1);
    }

    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
