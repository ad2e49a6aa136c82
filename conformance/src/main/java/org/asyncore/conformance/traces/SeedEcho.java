// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;

/** The echo example: a server of one connection, its handler, and a client, in one loop. */
final class SeedEcho {
    private final Scenario scenario;

    SeedEcho(Scenario scenario) {
        this.scenario = scenario;
    }

    Client start(String message) throws IOException {
        Server server = new Server();
        Client client = new Client(message);
        client.createSocket();
        client.connect(Objects.requireNonNull(server.localAddress()));
        return client;
    }

    private void event(String who, String hook, Object... detail) {
        scenario.trace().event(who, hook, detail);
    }

    private final class Server extends SocketDispatcher {
        Server() throws IOException {
            super(scenario.loop());
            createSocket();
            bind(Scenario.LOOPBACK);
            listen(1);
        }

        @Override
        public void handleAccept() throws IOException {
            StreamChannel channel = accept();
            if (channel == null) {
                return;
            }
            event("EchoServer", "handle_accept");
            new Handler(channel);
            handleClose();
        }

        @Override
        public void handleClose() {
            event("EchoServer", "handle_close");
            close();
        }
    }

    private final class Handler extends SocketDispatcher {
        private static final int CHUNK_BYTES = 256;

        private final Deque<String> queue = new ArrayDeque<>();

        Handler(StreamChannel channel) {
            super(scenario.loop(), channel);
        }

        @Override
        public boolean writable() {
            boolean result = !queue.isEmpty();
            event("EchoHandler", "writable", "result", result);
            return result;
        }

        @Override
        public void handleWrite() throws IOException {
            String data = queue.removeLast();
            int sent =
                    send(data.substring(0, Math.min(CHUNK_BYTES, data.length())).getBytes(ISO_8859_1));
            if (sent < data.length()) {
                queue.addLast(data.substring(sent));
            }
            event("EchoHandler", "handle_write", "sent", sent);
            if (!writable()) {
                handleClose();
            }
        }

        @Override
        public void handleRead() throws IOException {
            byte[] data = recv(CHUNK_BYTES);
            event("EchoHandler", "handle_read", "bytes", data.length);
            queue.addFirst(new String(data, ISO_8859_1));
        }

        @Override
        public void handleClose() {
            event("EchoHandler", "handle_close");
            close();
        }
    }

    /** A client that sends the message and expects it back. */
    final class Client extends SocketDispatcher {
        private static final int CHUNK_BYTES = 512;

        private final String message;
        private String toSend;
        String got = "";

        Client(String message) {
            super(scenario.loop());
            this.message = message;
            toSend = message;
        }

        @Override
        public void handleConnect() {
            event("EchoClient", "handle_connect");
        }

        @Override
        public void handleClose() {
            event("EchoClient", "handle_close");
            close();
            event("EchoClient", "comparison", "equal", got.equals(message));
        }

        @Override
        public boolean writable() {
            boolean result = !toSend.isEmpty();
            event("EchoClient", "writable", "result", result);
            return result;
        }

        @Override
        public void handleWrite() throws IOException {
            int sent = send(
                    toSend.substring(0, Math.min(CHUNK_BYTES, toSend.length())).getBytes(ISO_8859_1));
            event("EchoClient", "handle_write", "sent", sent);
            toSend = toSend.substring(sent);
        }

        @Override
        public void handleRead() throws IOException {
            byte[] data = recv(CHUNK_BYTES);
            event("EchoClient", "handle_read", "bytes", data.length);
            got += new String(data, ISO_8859_1);
        }
    }
}
