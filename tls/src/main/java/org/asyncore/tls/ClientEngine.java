// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes engines for clients, which verify the name of the server. */
final class ClientEngine {
    private ClientEngine() {}

    /**
     * Returns an engine that asks for this host by name and accepts no other. Its sessions are resumed by host and
     * port. A name that the standards do not allow as a host name, such as {@code my_host}, is not sent, and then JSSE
     * fails the handshake.
     */
    static SSLEngine of(SSLContext context, String host, int port) {
        String name = bare(host);
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(serverNames(name));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Removes a dot at a name's end, and brackets and scope of an address, because certificates do not have them. */
    private static String bare(String host) {
        if (host.contains(":")) {
            return host.replaceAll("^\\[|%.*|]$", "");
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static List<SNIServerName> serverNames(String name) {
        if (name.contains(":") || name.matches("[0-9.]+")) {
            return List.of(); // RFC 6066, section 3: an address is not a server name
        }
        try {
            return List.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) {
            return List.of(); // the handshake fails, because no certificate can be for it
        }
    }
}
