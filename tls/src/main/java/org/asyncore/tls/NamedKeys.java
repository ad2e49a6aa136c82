// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The JDK's key manager, except that a server's certificate is also chosen by names that JSSE does not report. */
final class NamedKeys extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;

    private NamedKeys(X509ExtendedKeyManager keys) {
        this.keys = keys;
    }

    static KeyManager[] over(KeyManager[] managers) {
        KeyManager[] named = managers.clone();
        for (int i = 0; i < named.length; i++) {
            if (named[i] instanceof X509ExtendedKeyManager keys) {
                named[i] = new NamedKeys(keys);
            }
        }
        return named;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        String usual = keys.chooseEngineServerAlias(type, issuers, engine);
        String name = ServerName.of(engine);
        if (name == null || usual == null || isFor(usual, name)) {
            return usual;
        }
        String[] all = keys.getServerAliases(type, issuers);
        for (String alias : all == null ? new String[0] : all) {
            if (isFor(alias, name)) {
                return alias;
            }
        }
        return usual;
    }

    private boolean isFor(String alias, String name) {
        X509Certificate[] chain = keys.getCertificateChain(alias);
        return chain != null && chain.length > 0 && HostNames.isFor(chain[0], name);
    }

    // Calls of the JDK's key manager.

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keys.chooseServerAlias(type, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return keys.chooseEngineClientAlias(types, issuers, engine);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keys.chooseClientAlias(types, issuers, socket);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return keys.getServerAliases(type, issuers);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return keys.getClientAliases(type, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }
}
