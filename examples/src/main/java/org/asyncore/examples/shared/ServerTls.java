// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.asyncore.channels.StreamChannel;
import org.asyncore.tls.TlsChannel;

/**
 * The TLS settings of a server.
 *
 * @param needsClientCertificate true to serve only clients with a certificate
 * @param protocols the protocols of ALPN, the preferred one first; empty for no ALPN
 */
public record ServerTls(SSLContext context, boolean needsClientCertificate, List<String> protocols) {
    /** The most bytes that a connection keeps for TLS: records in both directions, and the JDK's engine. */
    public static final int MAX_KEPT_BYTES = 224 * 1024;

    /**
     * Lets clients ask for a name that the standards do not allow as a host name, such as {@code my_host}. They get the
     * first certificate; JSSE would answer with an alert. Only {@link org.asyncore.tls.PemContext} then chooses
     * certificates by name. Call this before JSSE is used.
     */
    public static void acceptAnyName() {
        String disabled = "jdk.tls.server.disableExtensions";
        if (System.getProperty(disabled) == null) {
            System.setProperty(disabled, "server_name");
        }
    }

    /** Returns TLS over an accepted connection, or over one that is to be upgraded. */
    public TlsChannel over(StreamChannel channel) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setNeedClientAuth(needsClientCertificate);
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return TlsChannel.over(channel, engine);
    }
}
