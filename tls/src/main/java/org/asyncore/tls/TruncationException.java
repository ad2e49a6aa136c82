// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import javax.net.ssl.SSLException;

/**
 * The end of a connection without {@code close_notify}. Either the peer never sends it, or an attacker cut the stream
 * off. If the protocol shows that no bytes are missing, a dispatcher may treat this as an ordinary end.
 */
public final class TruncationException extends SSLException {
    private static final long serialVersionUID = 1;

    TruncationException() {
        super("truncated: the connection ended without close_notify");
    }
}
