// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;

/** Both ends of the tests' connections: dispatchers of a loop, and the JDK's blocking sockets. */
final class Ends {
    static final SSLContext LOCALHOST = Certificates.context("localhost");

    private Ends() {}

    /** A listener whose connections speak TLS by that context. */
    static Listener listener(Loop loop, SSLContext context) throws IOException {
        return new Listener(loop, channel -> new Talker(loop, TlsChannel.server(channel, context)));
    }

    /** A client that connects to a listener as to localhost. */
    static Talker client(Loop loop, Listener listener, SSLContext context) throws IOException {
        return client(loop, listener, ClientEngine.of(context, "localhost", listener.port()));
    }

    static Talker client(Loop loop, Listener listener, SSLContext context, String protocol) throws IOException {
        return client(loop, listener, engine(listener, context, protocol));
    }

    static SSLEngine engine(Listener listener, SSLContext context, String protocol) {
        SSLEngine engine = ClientEngine.of(context, "localhost", listener.port());
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    static Talker client(Loop loop, Listener listener, SSLEngine engine) throws IOException {
        Talker client = new Talker(loop);
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
