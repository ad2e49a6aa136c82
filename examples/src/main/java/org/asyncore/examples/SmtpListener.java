// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.List;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.spi.StreamChannel;

/** Listens, and gives every client a session. */
final class SmtpListener extends SocketDispatcher {
    private static final int BACKLOG = 4096;

    private final SmtpSettings settings;
    private final Maildir maildir;

    SmtpListener(Loop loop, InetSocketAddress local, SmtpSettings settings, Maildir maildir) throws IOException {
        super(loop);
        this.settings = settings;
        this.maildir = maildir;
        createSocket(Addresses.family(local), SocketType.STREAM);
        setReuseAddr();
        bind(local);
        listen(BACKLOG);
    }

    @Override
    protected void handleAccepted(StreamChannel channel, SocketAddress remote) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        new SmtpSession(loop(), channel, settings, maildir).begin();
    }

    /** One connection that could not be served is no reason to stop listening. */
    @Override
    public void handleError(Throwable cause) {
        log().warn("cannot accept: {}", Trouble.in(cause));
    }

    @Override
    public void handleClose() {
        close();
    }

    /** Ends the server: the clients are told, and what they were promised is stored. */
    @Override
    public void close() {
        super.close();
        for (Dispatcher dispatcher : List.copyOf(loop().dispatchers())) {
            if (dispatcher instanceof SmtpSession session) {
                session.close("421 4.3.2 Shutting down");
            }
        }
        try {
            maildir.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
