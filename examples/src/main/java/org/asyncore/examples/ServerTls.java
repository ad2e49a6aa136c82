// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.asyncore.spi.StreamChannel;
import org.asyncore.tls.TlsChannel;

/**
 * How a server speaks TLS.
 *
 * @param asking whether clients need a certificate
 * @param protocols for ALPN, the best first; none to do without
 */
record ServerTls(SSLContext context, boolean asking, List<String> protocols) {
    /** TLS over a connection that was accepted, or that is to be upgraded. */
    TlsChannel over(StreamChannel channel) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setNeedClientAuth(asking);
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return TlsChannel.over(channel, engine);
    }
}
