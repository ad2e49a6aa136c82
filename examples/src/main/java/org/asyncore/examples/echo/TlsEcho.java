// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.examples.shared.Addresses;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.tls.TlsChannel;

/**
 * Sends back what it receives over TLS. Only its channel differs from that of an echo without TLS. If the peer does not
 * read, nothing more is received. If the peer half-closes, it still gets the rest, from TLS 1.3 on.
 */
final class TlsEcho extends BufferedDispatcher {
    /** The most bytes that a connection keeps, without those of TLS itself. */
    static final int MAX_KEPT_BYTES = 128 * 1024;

    private static final int HIGH_MARK_BYTES = MAX_KEPT_BYTES - 65536; // one read brings 64 KiB at most

    private boolean ended; // the peer sends no more

    TlsEcho(Loop loop, TlsChannel channel) {
        super(loop, channel);
    }

    @Override
    public boolean readable() {
        return !ended && buffered() < HIGH_MARK_BYTES;
    }

    @Override
    public void handleRead() throws IOException {
        ByteBuffer buffer = readBuffer();
        if (recv(buffer) > 0) {
            send(buffer.flip());
        }
    }

    @Override
    public void handleWrite() throws IOException {
        super.handleWrite();
        if (ended && buffered() == 0) {
            close();
        }
    }

    /**
     * Closes, or lets {@link #handleWrite} close once the rest is sent. A second call means that the rest cannot be
     * sent.
     */
    @Override
    public void handleClose() {
        if (ended || buffered() == 0) {
            close();
        }
        ended = true;
    }

    /** Logs one line without a stack trace, because a peer may send anything instead of TLS. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("{}: {}", Addresses.hostPort(remoteAddress()), ErrorMessages.of(cause));
        close();
    }
}
