// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.cli.HostPort;
import org.asyncore.tls.TlsChannel;
import org.jspecify.annotations.Nullable;

/**
 * The server that a proxy connects to.
 *
 * @param name its host and port as given, which its certificate has to prove
 * @param tls null for plain TCP
 * @param connectLimit how long connecting may take
 * @param idleLimit how long a connection may pass nothing
 */
record ProxyTarget(
        HostPort name, InetSocketAddress address, @Nullable SSLContext tls, Duration connectLimit, Duration idleLimit) {
    /** The most bytes that one read receives. */
    static final int BUFFER_BYTES = 32 * 1024;

    /** The most bytes that a connection keeps without TLS: a buffer for each side. */
    static final int MAX_KEPT_BYTES = 2 * BUFFER_BYTES;

    /** Returns the stream itself, or TLS over it. */
    StreamChannel over(StreamChannel tcp) {
        return tls == null ? tcp : TlsChannel.client(tcp, tls, name.host(), name.port());
    }
}
