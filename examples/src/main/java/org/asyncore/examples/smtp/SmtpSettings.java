// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.time.Duration;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server have in common.
 *
 * @param name what the server calls itself
 * @param maxBytes of a mail
 * @param idle how long a client may take for a line
 * @param tls for STARTTLS; null to do without
 */
record SmtpSettings(
        String name, long maxBytes, Duration idle, @Nullable ServerTls tls) {}
