// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PEM file (RFC 7468): blocks with labels, and any text between them. */
record Pem(Path file, String text) {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

    static Pem read(Path file) throws IOException {
        return new Pem(file, Files.readString(file, ISO_8859_1));
    }

    /** Returns all certificates in their order, at least one. */
    Certificate[] certificates() throws IOException {
        List<Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : blocks("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(block)));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("invalid certificate in " + file + ": " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException("no certificate in " + file);
        }
        return certificates.toArray(Certificate[]::new);
    }

    /** Returns the private key that belongs to the certificate. */
    PrivateKey keyOf(Certificate certificate) throws IOException {
        List<byte[]> blocks;
        try {
            blocks = blocks("PRIVATE KEY");
        } catch (IllegalArgumentException e) {
            throw new IOException("invalid private key in " + file + ": " + e.getMessage(), e);
        }
        if (blocks.isEmpty()) {
            throw new IOException("no unencrypted PKCS#8 private key in " + file
                    + (text.contains("PRIVATE KEY-----") ? "; openssl pkcs8 -topk8 -nocrypt makes one" : ""));
        }
        return PemKey.of(certificate.getPublicKey(), blocks, file);
    }

    private List<byte[]> blocks(String... labels) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (List.of(labels).contains(matcher.group(1))) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return blocks;
    }
}
