// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes engines for clients that know whom they want to talk to. */
final class ClientEngine {
    private ClientEngine() {}

    /** An engine that asks for this host by name, and accepts no other; its sessions are resumed by host and port. */
    static SSLEngine of(SSLContext context, String host, int port) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(isLiteral(name) ? List.of() : List.of(new SNIHostName(name)));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** RFC 6066, section 3: addresses are no server names. */
    private static boolean isLiteral(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }
}
