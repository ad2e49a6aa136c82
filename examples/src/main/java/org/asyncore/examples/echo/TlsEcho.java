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
 * Sends back what it receives over TLS: but for its channel it might as well not be TLS. A peer that does not take its bytes
 * back is not read from; one that ended its sending still gets the rest, from TLS 1.3 on.
 */
final class TlsEcho extends BufferedDispatcher {
    /** What a connection may keep beside TLS's own. */
    static final int MAX_KEPT_BYTES = 128 * 1024;

    private static final int MUCH_BYTES =
            MAX_KEPT_BYTES - 65536; // and no more is read, of which one read brings 64 KiB

    private boolean ended; // the peer sends no more

    TlsEcho(Loop loop, TlsChannel channel) {
        super(loop, channel);
    }

    @Override
    public boolean readable() {
        return !ended && buffered() < MUCH_BYTES;
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

    /** Told a second time, it is that the rest cannot be sent. */
    @Override
    public void handleClose() {
        if (ended || buffered() == 0) {
            close();
        }
        ended = true;
    }

    /** A peer that does not speak TLS, or not as it should, is worth a line and no more. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("{}: {}", Addresses.hostPort(remoteAddress()), ErrorMessages.of(cause));
        close();
    }
}
