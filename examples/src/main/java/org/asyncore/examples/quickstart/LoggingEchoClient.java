// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.examples.shared.Ascii;

/** Sends a message, compares it with the bytes that come back, and logs every hook. */
final class LoggingEchoClient extends SocketDispatcher {
    private static final int CHUNK_BYTES = 512;

    private final byte[] message;
    private final ByteBuffer toSend;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    LoggingEchoClient(Loop loop, SocketAddress server, byte[] message) throws IOException {
        super(loop);
        this.message = message;
        this.toSend = ByteBuffer.wrap(message);
        createSocket();
        log().info("connecting to {}", server);
        connect(server);
    }

    boolean isWhole() {
        return Arrays.equals(message, received.toByteArray());
    }

    @Override
    public boolean writable() {
        boolean writable = toSend.hasRemaining();
        log().info("writable() -> {}", writable);
        return writable;
    }

    @Override
    public void handleConnect() {
        log().info("handle_connect()");
    }

    @Override
    public void handleWrite() throws IOException {
        ByteBuffer sending = toSend.duplicate();
        sending.limit(Math.min(sending.limit(), sending.position() + CHUNK_BYTES));
        int sent = send(sending);
        log().info("handle_write() -> ({}) \"{}\"", sent, Ascii.of(toSend, sent));
        toSend.position(sending.position());
    }

    @Override
    public void handleRead() throws IOException {
        byte[] data = recv(CHUNK_BYTES);
        log().info("handle_read() -> ({}) \"{}\"", data.length, Ascii.of(data));
        received.writeBytes(data);
    }

    @Override
    public void handleClose() {
        log().info("handle_close()");
        close();
        log().info(isWhole() ? "RECEIVED COPY OF MESSAGE" : "ERROR IN TRANSMISSION");
    }
}
