// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;

/** Listens on a free port of the loopback interface, and keeps the dispatchers that it made. */
final class TestListener extends SocketDispatcher {
    final List<RecordingDispatcher> dispatchers = new ArrayList<>();
    private final Service service;

    /** Makes a dispatcher for a connection. */
    interface Service {
        RecordingDispatcher serve(StreamChannel channel) throws IOException;
    }

    TestListener(Loop loop, Service service) throws IOException {
        this(
                loop,
                StandardProtocolFamily.INET,
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
                service);
    }

    TestListener(Loop loop, ProtocolFamily family, SocketAddress local, Service service) throws IOException {
        super(loop);
        this.service = service;
        createSocket(family, SocketType.STREAM);
        bind(local);
        listen(64);
    }

    InetSocketAddress at() {
        return (InetSocketAddress) Objects.requireNonNull(localAddress());
    }

    /** Opens a connection without TLS to this listener. */
    Socket dial() throws IOException {
        return new Socket(at().getAddress(), port());
    }

    int port() {
        return at().getPort();
    }

    @Override
    public void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        dispatchers.add(service.serve(channel));
    }
}
