// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.ErrorMessages;

/** Sends every datagram back to its sender. */
final class UdpEcho extends SocketDispatcher {
    UdpEcho(Loop loop, SocketAddress local) throws IOException {
        super(loop);
        createSocket(Addresses.family(local), SocketType.DATAGRAM);
        bind(local);
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer datagram = readBuffer();
        SocketAddress sender = recvFrom(datagram);
        if (sender != null) {
            sendTo(datagram.flip(), sender); // lost if the system has no room; datagrams may be lost
        }
    }

    /** Logs and stays open, because other senders can still be answered. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("cannot echo: {}", ErrorMessages.of(cause));
    }
}
