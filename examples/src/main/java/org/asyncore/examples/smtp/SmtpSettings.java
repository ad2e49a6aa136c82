// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.time.Duration;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all connections of a server share.
 *
 * @param name the server's name in replies
 * @param maxBytes the most bytes of a mail
 * @param idle how long a client may take for a line
 * @param tls for STARTTLS; null for no TLS
 */
record SmtpSettings(
        String name, long maxBytes, Duration idle, @Nullable ServerTls tls) {}
