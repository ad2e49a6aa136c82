// SPDX-License-Identifier: Apache-2.0
package org.asyncore.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** A loop that has echoed five bytes, run two tasks and a timer, and waited. */
final class BusyLoop implements AutoCloseable {
    final Loop loop = Loop.open("nio");

    BusyLoop() throws IOException {
        SocketDispatcher listener = new Listener(loop);
        try (SocketChannel peer = SocketChannel.open(Objects.requireNonNull(listener.localAddress()))) {
            peer.write(ByteBuffer.wrap(new byte[5]));
            while (loop.statistics().sentBytes() < 5) {
                loop.runOnce(Duration.ofMillis(20));
            }
            loop.execute(() -> {});
            loop.execute(() -> {});
            loop.schedule(Duration.ZERO, () -> {});
            loop.runOnce(Duration.ZERO);
            loop.runOnce(Duration.ofMillis(1));
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private static final class Listener extends SocketDispatcher {
        Listener(Loop loop) throws IOException {
            super(loop);
            createSocket();
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listen(1);
        }

        @Override
        public void handleAccepted(StreamChannel channel, java.net.SocketAddress remote) {
            new Echo(loop(), channel);
        }
    }

    private static final class Echo extends BufferedDispatcher {
        Echo(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public void handleRead() throws IOException {
            send(recv(100));
        }
    }
}
