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
 * Where a proxy connects to.
 *
 * @param name what a certificate has to prove
 * @param tls null to do without
 * @param connectLimit how long connecting may take
 * @param idleLimit how long nothing may pass
 */
record ProxyTarget(
        HostPort name, InetSocketAddress address, @Nullable SSLContext tls, Duration connectLimit, Duration idleLimit) {
    /** What is received at once. */
    static final int BUFFER_BYTES = 32 * 1024;

    /** What a connection may keep, without TLS: a buffer for each side. */
    static final int MAX_KEPT_BYTES = 2 * BUFFER_BYTES;

    /** The same stream, or TLS over it. */
    StreamChannel over(StreamChannel tcp) {
        return tls == null ? tcp : TlsChannel.client(tcp, tls, name.host(), name.port());
    }
}
