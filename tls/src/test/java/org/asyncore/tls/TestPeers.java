// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;

/** Both ends of the tests' connections: dispatchers of a loop, and the JDK's blocking sockets. */
final class TestPeers {
    static final SSLContext LOCALHOST = Certificates.context("localhost");

    private TestPeers() {}

    /** A listener whose connections speak TLS by that context. */
    static TestListener listener(Loop loop, SSLContext context) throws IOException {
        return new TestListener(loop, channel -> new RecordingDispatcher(loop, TlsChannel.server(channel, context)));
    }

    /** A client that connects to a listener as to localhost. */
    static RecordingDispatcher client(Loop loop, TestListener listener, SSLContext context) throws IOException {
        return client(loop, listener, ClientEngine.of(context, "localhost", listener.port()));
    }

    static RecordingDispatcher client(Loop loop, TestListener listener, SSLContext context, String protocol)
            throws IOException {
        return client(loop, listener, engine(listener, context, protocol));
    }

    static SSLEngine engine(TestListener listener, SSLContext context, String protocol) {
        SSLEngine engine = ClientEngine.of(context, "localhost", listener.port());
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    static RecordingDispatcher client(Loop loop, TestListener listener, SSLEngine engine) throws IOException {
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        client.setSocket(TlsChannel.over(client.channel(), engine));
        client.connect(listener.at());
        return client;
    }

    /** One of the JDK's sockets, connected, before its handshake. */
    static SSLSocket socket(int port, SSLContext context, String protocol) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(loopback, port);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(60_000);
        return socket;
    }
}
