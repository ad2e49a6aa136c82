// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** A listener whose connections send back what they receive. */
final class EchoServer extends SocketDispatcher {
    EchoServer(Loop loop, InetSocketAddress local) throws IOException {
        super(loop);
        createSocket();
        bind(local);
        listen(100);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) requireNonNull(localAddress());
    }

    @Override
    public void handleAccepted(StreamChannel connection, SocketAddress remote) {
        new Echo(loop(), connection);
    }

    private static final class Echo extends BufferedDispatcher {
        Echo(Loop loop, StreamChannel connection) {
            super(loop, connection);
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer input = readBuffer();
            if (recv(input) > 0) {
                send(input.flip());
            }
        }

        @Override
        public void handleClose() {
            close();
        }
    }
}
