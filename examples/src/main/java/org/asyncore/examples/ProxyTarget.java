// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.asyncore.spi.StreamChannel;
import org.asyncore.tls.TlsChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy connects to.
 *
 * @param name what a certificate has to prove
 * @param tls null to do without
 */
record ProxyTarget(
        HostPort name, InetSocketAddress address, @Nullable SSLContext tls) {
    /** The same stream, or TLS over it. */
    StreamChannel over(StreamChannel tcp) {
        return tls == null ? tcp : TlsChannel.client(tcp, tls, name.host(), name.port());
    }
}
