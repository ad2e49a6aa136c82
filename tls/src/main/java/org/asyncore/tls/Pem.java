// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of RFC 7468: blocks with labels, and anything between them. */
record Pem(Path file, String text) {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

    static Pem read(Path file) throws IOException {
        return new Pem(file, Files.readString(file, ISO_8859_1));
    }

    /** All its certificates, in their order; one at least. */
    Certificate[] certificates() throws IOException {
        List<Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : blocks("CERTIFICATE")) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(block)));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("not a certificate in " + file + ": " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException("no certificate in " + file);
        }
        return certificates.toArray(Certificate[]::new);
    }

    /** Its private key, which has to be that of the certificate. */
    PrivateKey keyOf(Certificate certificate) throws IOException {
        List<byte[]> blocks;
        try {
            blocks = blocks("PRIVATE KEY");
        } catch (IllegalArgumentException e) {
            throw new IOException("not a private key in " + file + ": " + e.getMessage(), e);
        }
        if (blocks.isEmpty()) {
            throw new IOException("no PKCS#8 private key without password in " + file
                    + (text.contains("PRIVATE KEY-----") ? "; openssl pkcs8 -topk8 -nocrypt makes one" : ""));
        }
        PublicKey itsPublic = certificate.getPublicKey();
        try {
            KeyFactory factory = KeyFactory.getInstance(itsPublic.getAlgorithm());
            PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
            checkPair(key, itsPublic);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException("not the private key of the certificate in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void checkPair(PrivateKey key, PublicKey itsPublic) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        byte[] message = {1};
        signature.initSign(key);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(itsPublic);
        signature.update(message);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the two do not match");
        }
    }

    private List<byte[]> blocks(String label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return blocks;
    }
}
