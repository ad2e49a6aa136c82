// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates of this JVM's tests, valid for a day, made by the JDK's {@code keytool}. */
final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final KeyStore ALL = make();

    private Certificates() {}

    /** Keys of rarer kinds, each with a self-signed certificate; made on first use. */
    private static final class Rare {
        private static final KeyStore KEYS = make(file -> {
            keytool(file, "pss", "-keyalg", "RSASSA-PSS", "-keysize", "2048", "-ext", "san=dns:localhost");
            keytool(file, "ed448", "-keyalg", "Ed448", "-ext", "san=dns:localhost");
            keytool(file, "p384", "-keyalg", "EC", "-groupname", "secp384r1", "-ext", "san=dns:localhost");
            keytool(file, "p521", "-keyalg", "EC", "-groupname", "secp521r1", "-ext", "san=dns:localhost");
            keytool(file, "rsa3072", "-keyalg", "RSA", "-keysize", "3072", "-ext", "san=dns:localhost");
            keytool(file, "wild", "-keyalg", "EC", "-ext", "san=dns:*.example.test");
            keytool(file, "dsa", "-keyalg", "DSA", "-keysize", "2048", "-ext", "san=dns:localhost");
        });
    }

    /** Makes keys in a file. */
    private interface Making {
        void into(Path file) throws IOException, InterruptedException;
    }

    private static KeyStore make(Making making) {
        try {
            Path folder = Files.createTempDirectory("asyncore");
            Path file = folder.resolve("keys.p12");
            making.into(file);
            KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
            Files.delete(file);
            Files.delete(folder);
            return keys;
        } catch (IOException | InterruptedException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes an authority, certificates that it signed, and a self-signed certificate. */
    private static KeyStore make() {
        return make(file -> {
            keytool(file, "ca", "-keyalg", "EC", "-ext", "bc:c");
            keytool(file, "localhost", "-keyalg", "EC", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
            keytool(file, "other.test", "-keyalg", "EC", "-signer", "ca", "-ext", "san=dns:other.test");
            keytool(file, "rsa", "-keyalg", "RSA", "-signer", "ca", "-ext", "san=dns:localhost");
            keytool(file, "ed25519", "-keyalg", "Ed25519", "-signer", "ca", "-ext", "san=dns:localhost");
            keytool(file, "client", "-keyalg", "EC", "-signer", "ca");
            keytool(file, "stranger", "-keyalg", "EC", "-ext", "san=dns:localhost");
        });
    }

    private static void keytool(Path file, String name, String... options) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", name));
        command.addAll(List.of("-dname", "CN=" + name, "-validity", "1", "-keystore", file.toString()));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }

    /** Returns the keys, under the names of their certificates. */
    static KeyStore all() {
        return ALL;
    }

    /** Returns the keys of rarer kinds, under the names of their certificates. */
    static KeyStore rare() {
        return Rare.KEYS;
    }

    static char[] password() {
        return PASSWORD.clone();
    }

    /** Returns a store with these keys only. */
    private static KeyStore keys(String... names) throws GeneralSecurityException, IOException {
        KeyStore keys = empty();
        for (String name : names) {
            keys.setKeyEntry(name, ALL.getKey(name, PASSWORD), PASSWORD, ALL.getCertificateChain(name));
        }
        return keys;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static KeyManager[] keyManagers(String... names) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(keys(names), PASSWORD);
        return keys.getKeyManagers();
    }

    /** Returns a context that shows these certificates, and trusts those that the authority signed. */
    static SSLContext context(String... names) {
        try {
            KeyStore anchors = empty();
            anchors.setCertificateEntry("ca", ALL.getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(names), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
