// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.time.Duration;

/**
 * What all connections of a server have in common.
 *
 * @param name what the server calls itself
 * @param maxBytes of a mail
 * @param idle how long a client may take for a line
 */
record SmtpSettings(String name, long maxBytes, Duration idle) {
    boolean hasTls() {
        return false;
    }
}
