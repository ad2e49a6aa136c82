// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import javax.net.ssl.SSLException;

/**
 * A connection that ended though the peer had not said so by {@code close_notify}: either the peer never does, or somebody cut
 * the stream off. A dispatcher whose protocol tells that nothing is missing may take it for an ordinary end.
 */
public final class TruncationException extends SSLException {
    private static final long serialVersionUID = 1;

    TruncationException() {
        super("truncated: the connection ended without close_notify");
    }
}
