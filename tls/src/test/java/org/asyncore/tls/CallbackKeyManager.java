// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A server's keys, with a callback that runs when a handshake asks for one. */
final class CallbackKeyManager extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;
    private final Runnable onAsked;

    private CallbackKeyManager(X509ExtendedKeyManager keys, Runnable onAsked) {
        this.keys = keys;
        this.onAsked = onAsked;
    }

    /** Returns a context like that of {@link Certificates#context}, with a callback. */
    static SSLContext context(String name, Runnable onAsked) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        CallbackKeyManager keyManager =
                new CallbackKeyManager((X509ExtendedKeyManager) Certificates.keyManagers(name)[0], onAsked);
        context.init(new KeyManager[] {keyManager}, null, (SecureRandom) null);
        return context;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        onAsked.run();
        return keys.chooseEngineServerAlias(type, issuers, engine);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return keys.getServerAliases(type, issuers);
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
