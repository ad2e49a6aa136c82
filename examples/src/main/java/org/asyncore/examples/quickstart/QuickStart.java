// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.quickstart;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** The echo server of asyncore's manual and of README. */
public final class QuickStart {
    private QuickStart() {}

    static final class EchoServer extends SocketDispatcher {
        EchoServer(Loop loop, int port) throws IOException {
            super(loop);
            createSocket();
            setReuseAddr();
            bind(new InetSocketAddress(port));
            listen(5);
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) {
            new EchoHandler(loop(), channel);
        }
    }

    static final class EchoHandler extends BufferedDispatcher {
        EchoHandler(Loop loop, StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public void handleRead() throws IOException {
            byte[] data = recv(8192);
            if (data.length > 0) {
                send(data);
            }
        }
    }

    public static void main(String[] args) throws IOException {
        try (Loop loop = Loop.open()) {
            new EchoServer(loop, 8080);
            loop.run();
        }
    }
}
