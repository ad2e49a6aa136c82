// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes engines for clients that know whom they want to talk to. */
final class ClientEngine {
    private ClientEngine() {}

    /**
     * An engine that asks for this host by name, and accepts no other; its sessions are resumed by host and port. A name that
     * is no host name by the letter, as {@code my_host} is not, is not asked for; the handshake fails by it, as JSSE has it.
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

    /** The host without a dot at its end, or an address without the brackets and the scope, which certificates do not have. */
    private static String bare(String host) {
        if (host.contains(":")) {
            return host.replaceAll("^\\[|%.*|]$", "");
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static List<SNIServerName> serverNames(String name) {
        if (name.contains(":") || name.matches("[0-9.]+")) {
            return List.of(); // RFC 6066, section 3: addresses are no server names
        }
        try {
            return List.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) {
            return List.of(); // no certificate can be for it, which the handshake will say
        }
    }
}
