// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.asyncore.channels.StreamChannel;
import org.asyncore.tls.TlsChannel;

/**
 * How a server speaks TLS.
 *
 * @param asking whether clients need a certificate
 * @param protocols for ALPN, the best first; none to do without
 */
public record ServerTls(SSLContext context, boolean asking, List<String> protocols) {
    /** What TLS adds to what a connection may keep: records in both directions, and the JDK's engine. */
    public static final int MAX_KEPT_BYTES = 224 * 1024;

    /**
     * Lets clients ask for a name that is no host name by the letter, as {@code my_host}, and get the first certificate: JSSE
     * would answer by an alert. The choice of certificates by name is then {@link org.asyncore.tls.PemContext}'s alone. To be
     * called before anything of JSSE is used.
     */
    public static void acceptAnyName() {
        String disabled = "jdk.tls.server.disableExtensions";
        if (System.getProperty(disabled) == null) {
            System.setProperty(disabled, "server_name");
        }
    }

    /** TLS over a connection that was accepted, or that is to be upgraded. */
    public TlsChannel over(StreamChannel channel) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setNeedClientAuth(asking);
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return TlsChannel.over(channel, engine);
    }
}
