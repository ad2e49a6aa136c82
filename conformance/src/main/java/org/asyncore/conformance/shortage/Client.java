// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.shortage;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.TimeLimit;

/** A client in the loop of the server. It sends single bytes, and counts what comes back. */
final class Client extends BufferedDispatcher {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private int received;
    private String end = ""; // empty until it has closed

    Client(Loop loop) {
        super(loop);
    }

    /** Returns a client that has connected and has got a byte back. */
    static Client connected(Loop loop, InetSocketAddress server) throws IOException {
        Client client = new Client(loop);
        client.open(server);
        client.echo();
        return client;
    }

    /** Opens a socket and connects. If this throws, it may be called again. */
    void open(InetSocketAddress server) throws IOException {
        createSocket();
        connect(server);
    }

    /** Sends a byte, and runs the loop until it has come back. */
    void echo() throws IOException {
        int before = received;
        send(new byte[1]);
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (received == before) {
            Check.that(end.isEmpty() && System.nanoTime() < limit, "no echo: " + end);
            loop().runOnce(Duration.ofMillis(100));
        }
    }

    /** Runs the loop until this client has closed, and returns the reason. */
    String awaitEnd() {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (end.isEmpty()) {
            Check.that(System.nanoTime() < limit, "still open: " + this);
            loop().runOnce(Duration.ofMillis(100));
        }
        return end;
    }

    /** Closes by a reset, which frees the local port at once. */
    void reset() throws IOException {
        setOption(StandardSocketOptions.SO_LINGER, 0);
        close();
    }

    @Override
    public void handleConnect() {}

    @Override
    public void handleRead() throws IOException {
        ByteBuffer input = readBuffer();
        received += Math.max(0, recv(input));
    }

    @Override
    public void handleClose() {
        end("closed");
    }

    @Override
    public void handleLost(IOException cause) {
        end("lost: " + cause.getMessage());
    }

    @Override
    public void handleTimeout(TimeLimit limit) {
        end("time limit " + limit);
    }

    @Override
    public void handleError(Throwable cause) {
        end("error: " + cause);
    }

    private void end(String how) {
        end = how;
        close();
    }
}
