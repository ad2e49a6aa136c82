// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/** Writes the tests' certificates and keys to PEM files. */
final class PemFile {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemFile() {}

    /** Writes a certificate and those of its signers, each with some text before it. */
    static Path chain(Path folder, String name) throws IOException, GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : store(name).getCertificateChain(name)) {
            text.append("subject=").append(name).append('\n');
            text.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(folder.resolve(name + ".crt"), text, US_ASCII);
    }

    static Path key(Path folder, String name) throws IOException, GeneralSecurityException {
        Key key = store(name).getKey(name, Certificates.password());
        return Files.writeString(folder.resolve(name + ".key"), block("PRIVATE KEY", key.getEncoded()), US_ASCII);
    }

    private static KeyStore store(String name) throws GeneralSecurityException {
        return Certificates.all().containsAlias(name) ? Certificates.all() : Certificates.rare();
    }

    static String block(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + label + "-----\n";
    }
}
