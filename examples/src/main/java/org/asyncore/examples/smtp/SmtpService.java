// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Listener;

/** Serves each client with a session. When the server has ended, the accepted mails are stored. */
record SmtpService(SmtpSettings settings, Maildir maildir) implements Listener.Service {
    @Override
    public void serve(Loop loop, StreamChannel channel) throws IOException {
        new SmtpSession(loop, channel, settings, maildir).begin();
    }

    @Override
    public void close() {
        try {
            maildir.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
