// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.TimeLimit;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.examples.shared.Listener;
import org.jspecify.annotations.Nullable;

/** Receives the header of a connection, and not a byte more. Then it leaves the loop, and the service's dispatcher joins. */
final class ProxyHeaderReader extends SocketDispatcher {
    private final ByteBuffer received = ByteBuffer.allocate(ProxyHeader.PREFIX_BYTES + ProxyHeader.MAX_ADDRESS_BYTES)
            .limit(ProxyHeader.PREFIX_BYTES); // later the addresses, too
    private final Listener.Service service;
    private final Duration patience;
    private @Nullable ProxyHeader header; // null until the prefix is whole
    private int rest; // bytes of additional fields that have not come

    ProxyHeaderReader(Loop loop, StreamChannel connection, Listener.Service service, Duration patience) {
        super(loop, connection);
        this.service = service;
        this.patience = patience;
        setTimeLimit(TimeLimit.TOTAL, patience);
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        while (receives()) {
            ProxyHeader whole = wholeHeader();
            if (whole != null) {
                serve(whole.source(received));
                return;
            }
        }
    }

    /** Receives bytes of the header's next part. Returns false if none is there now, or the connection has ended. */
    private boolean receives() throws IOException {
        if (received.hasRemaining()) {
            return recv(received) > 0;
        }
        int n = recv(readBuffer().limit(rest));
        rest -= Math.max(n, 0);
        return n > 0;
    }

    private @Nullable ProxyHeader wholeHeader() throws ProtocolException {
        if (header == null) {
            ProxyHeader.checkSignature(received);
            if (received.hasRemaining()) {
                return null;
            }
            header = ProxyHeader.parse(received);
            received.limit(ProxyHeader.PREFIX_BYTES + header.addressBytes());
            rest = header.length() - header.addressBytes();
        }
        return received.hasRemaining() || rest > 0 ? null : header;
    }

    private void serve(@Nullable SocketAddress source) throws IOException {
        StreamChannel connection = stream();
        delChannel();
        log().debug("{} connects for {}", remoteAddress(), source == null ? "itself" : source);
        service.serve(loop(), source == null ? connection : new ProxiedStream(connection, source));
    }

    // The end.

    @Override
    public void handleTimeout(TimeLimit which) {
        refuse("no header of the PROXY protocol in " + patience.toSeconds() + " s");
    }

    /** Closes. A connection without any byte is not worth a line, because monitors make many. */
    @Override
    public void handleClose() {
        if (received.position() == 0) {
            close();
        } else {
            refuse("its header of the PROXY protocol has not come whole");
        }
    }

    @Override
    public void handleShutdown() {
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        refuse(ErrorMessages.of(cause));
    }

    private void refuse(String reason) {
        log().info("{}: closing: {}", remoteAddress(), reason);
        close();
    }
}
