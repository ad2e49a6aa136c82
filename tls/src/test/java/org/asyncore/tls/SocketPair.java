// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Two blocking sockets of the JDK, for tests of contexts only. */
final class SocketPair {
    private SocketPair() {}

    /** Returns the client's session after a handshake with that server name, which the client does not check. */
    static SSLSession handshake(SSLContext server, SSLContext client, String name) throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (SSLServerSocket listener =
                (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            FutureTask<Integer> serving = new FutureTask<>(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    return socket.getInputStream().read();
                }
            });
            new Thread(serving).start();
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket(loopback, listener.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                socket.getOutputStream().write(1);
                serving.get(60, TimeUnit.SECONDS);
                return socket.getSession();
            }
        }
    }
}
