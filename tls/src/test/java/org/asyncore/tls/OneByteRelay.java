// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Relays one connection, in packets of one byte. */
final class OneByteRelay implements Closeable {
    private final ServerSocket listener;
    private final int port;

    OneByteRelay(int port) throws IOException {
        this.port = port;
        listener = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        PeerThread.run(this::relay);
    }

    InetSocketAddress at() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private boolean relay() throws Exception {
        try (Socket client = listener.accept();
                Socket server = new Socket(listener.getInetAddress(), port)) {
            PeerThread<Boolean> back = PeerThread.run(() -> pour(server, client));
            pour(client, server);
            return back.get();
        }
    }

    private static boolean pour(Socket from, Socket to) throws IOException {
        to.setTcpNoDelay(true);
        for (int b = from.getInputStream().read();
                b >= 0;
                b = from.getInputStream().read()) {
            to.getOutputStream().write(b);
        }
        to.shutdownOutput();
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
