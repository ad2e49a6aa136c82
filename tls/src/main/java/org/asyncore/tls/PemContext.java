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
 * Builds an {@link SSLContext} from PEM files, the format of certificate authorities. For a file with other content, an
 * {@link IOException} names the file and the reason.
 */
public final class PemContext {
    private static final char[] PASSWORD = {}; // because the key store never leaves memory

    private final KeyStore identities = empty();
    private final KeyStore anchors = empty();

    /** Begins without a certificate to show, and trusts the authorities that the JDK trusts. */
    public PemContext() {}

    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("this JDK has no PKCS12 key store", e);
        }
    }

    /**
     * Adds a certificate to show. A server may have several: it shows the one for the name that the client asks for, or
     * else the first whose key the client can use.
     *
     * @param chain the certificate, followed by those of the authorities between it and the root
     * @param key its private key, unencrypted PKCS#8 of any kind that the JDK can sign with: RSA, RSASSA-PSS, EC,
     *     Ed25519, Ed448, DSA; may be the same file
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

    /** Trusts certificates issued by these authorities. Calls add up; those of the JDK are then not trusted. */
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

    /** Builds the context. */
    public SSLContext build() {
        try {
            // PKIX chooses a certificate by the server name; the JDK's default, SunX509, takes any
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(identities, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(NamedKeys.over(keys.getKeyManagers()), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not support TLS", e);
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
