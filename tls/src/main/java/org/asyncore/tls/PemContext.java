// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link SSLContext} of PEM files, which is what certificate authorities give out. A file that is not what it should
 * be is an {@link IOException} that names it.
 */
public final class PemContext {
    private static final char[] PASSWORD = {}; // of a key store that never leaves memory

    private final KeyStore identities = empty();
    private final KeyStore anchors = empty();

    /** With no certificate to show, and trusting whom the JDK trusts. */
    public PemContext() {}

    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("every JDK has this", e);
        }
    }

    /**
     * Adds a certificate to show. A server may have several: it shows the one for the name that the client asks for, else the
     * first whose key the client can use.
     *
     * @param chain the certificate, then those of the authorities between it and the root
     * @param key its private key, PKCS#8 without password, of any kind that the JDK can sign with: RSA, RSASSA-PSS, EC, Ed25519,
     *     Ed448, DSA; may be the same file
     */
    public PemContext identity(Path chain, Path key) throws IOException {
        Certificate[] certificates = Pem.read(chain).certificates();
        try {
            String name = String.format("%04d", identities.size());
            identities.setKeyEntry(name, Pem.read(key).keyOf(certificates[0]), PASSWORD, certificates);
            return this;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + chain + " with " + key + ": " + e.getMessage(), e);
        }
    }

    /** Trusts peers whose certificates come from these authorities, and nobody else but those of other calls. */
    public PemContext trust(Path authorities) throws IOException {
        try {
            for (Certificate certificate : Pem.read(authorities).certificates()) {
                anchors.setCertificateEntry(String.valueOf(anchors.size()), certificate);
            }
            return this;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot trust " + authorities + ": " + e.getMessage(), e);
        }
    }

    /** Makes the context. */
    public SSLContext build() {
        try {
            // of the JDK's two, the one that chooses by the server name: the default, SunX509, takes any
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(identities, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(NamedKeys.over(keys.getKeyManagers()), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot do TLS", e);
        }
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
        if (anchors.size() == 0) {
            return null; // the JDK's
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        return trust.getTrustManagers();
    }
}
