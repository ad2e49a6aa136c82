// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a certificate's key among keys in PKCS#8. */
final class PemKey {
    private static final List<String> KINDS = List.of("RSA", "RSASSA-PSS", "EC", "EdDSA", "DSA", "XDH", "DH");
    private static final byte[] MESSAGE = {1}; // is signed and verified

    private PemKey() {}

    /** Returns the first private key that belongs to the certificate's key, or throws why the first one does not. */
    static PrivateKey of(PublicKey certified, List<byte[]> keys, Path file) throws IOException {
        IOException first = null;
        for (byte[] encoded : keys) {
            try {
                return of(certified, encoded, file);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IOException("no private key in " + file) : first;
    }

    private static PrivateKey of(PublicKey certified, byte[] encoded, Path file) throws IOException {
        String kind = certified.getAlgorithm();
        PrivateKey key = parse(kind, encoded);
        if (key == null) {
            throw new IOException(unlike(kind, encoded, file));
        }
        if (!arePair(key, certified, file)) {
            throw new IOException("not the private key of the certificate in " + file + ": the two do not match");
        }
        return key;
    }

    private static String unlike(String kind, byte[] encoded, Path file) {
        for (String other : KINDS) {
            if (!other.equals(kind) && parse(other, encoded) != null) {
                return "not the private key of the certificate in " + file + ": the key is for " + other
                        + ", the certificate for " + kind;
            }
        }
        return "no private key that this JDK can read in " + file;
    }

    private static @Nullable PrivateKey parse(String kind, byte[] encoded) {
        try {
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            return null; // a key of another kind
        }
    }

    private static boolean arePair(PrivateKey key, PublicKey certified, Path file) throws IOException {
        Signature signature;
        byte[] signed;
        try {
            signature = signature(key);
            signature.initSign(key);
            signature.update(MESSAGE);
            signed = signature.sign();
        } catch (GeneralSecurityException e) {
            String kind = key.getAlgorithm();
            throw new IOException(
                    "this JDK cannot sign with the " + kind + " key in " + file + ": " + e.getMessage(), e);
        }
        try {
            signature.initVerify(certified);
            signature.update(MESSAGE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a key of another size, or on another curve
        }
    }

    private static Signature signature(PrivateKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA", "DSA" -> "SHA256with" + algorithm;
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        if (algorithm.equals("RSASSA-PSS")) {
            signature.setParameter(pss(key));
        }
        return signature;
    }

    /** Returns the parameters that the key is restricted to, or usual ones. */
    private static AlgorithmParameterSpec pss(PrivateKey key) {
        AlgorithmParameterSpec own = key instanceof RSAKey rsa ? rsa.getParams() : null;
        return own != null ? own : new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
    }
}
