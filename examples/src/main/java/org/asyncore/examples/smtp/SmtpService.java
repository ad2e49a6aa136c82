// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Listener;

/** Serves each client with a session. When the server ends, clients get a last reply, and accepted mails are stored. */
record SmtpService(Loop loop, SmtpSettings settings, Maildir maildir) implements Listener.Service {
    @Override
    public void serve(Loop loop, StreamChannel channel) throws IOException {
        new SmtpSession(loop, channel, settings, maildir).begin();
    }

    @Override
    public void close() {
        for (Dispatcher dispatcher : List.copyOf(loop.dispatchers())) {
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
