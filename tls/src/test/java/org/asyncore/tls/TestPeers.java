// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;

/** Makes the ends of the tests' connections: dispatchers of a loop, and blocking sockets of the JDK. */
final class TestPeers {
    static final SSLContext LOCALHOST = Certificates.context("localhost");

    private TestPeers() {}

    /** Returns a listener whose connections use TLS with that context. */
    static TestListener listener(Loop loop, SSLContext context) throws IOException {
        return new TestListener(loop, channel -> new RecordingDispatcher(loop, TlsChannel.server(channel, context)));
    }

    /** Returns a client that connects to a listener by the name localhost. */
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

    /** Returns a connected socket of the JDK, before its handshake. */
    static SSLSocket socket(int port, SSLContext context, String protocol) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(loopback, port);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(60_000);
        return socket;
    }
}
