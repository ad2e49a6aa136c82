// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts from PEM files, used by two sockets of the JDK. */
@Timeout(120)
final class PemContextTest {
    @TempDir
    Path folder;

    private PemContext identity(String name) throws Exception {
        return new PemContext().identity(PemFile.chain(folder, name), PemFile.key(folder, name));
    }

    private PemContext trusting() throws Exception {
        return new PemContext().trust(PemFile.chain(folder, "ca"));
    }

    private static String subject(SSLSession session) throws Exception {
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "rsa", "ed25519"})
    void certificateIsShownWithItsChain(String name) throws Exception {
        SSLContext server = identity(name).build();
        SSLSession session = SocketPair.handshake(server, trusting().build(), "localhost");
        assertEquals("CN=" + name, subject(session));
        assertEquals(2, session.getPeerCertificates().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pss", "ed448", "p384", "p521", "rsa3072"})
    void keyOfEachKindIsUsed(String name) throws Exception {
        SSLContext client = new PemContext().trust(PemFile.chain(folder, name)).build();
        assertEquals("CN=" + name, subject(SocketPair.handshake(identity(name).build(), client, "localhost")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pss", "ed448", "p384", "p521", "rsa3072", "dsa"})
    void keyIsAcceptedForItsOwnCertificateOnly(String name) throws Exception {
        Path key = PemFile.key(folder, name);
        new PemContext().identity(PemFile.chain(folder, name), key);
        for (String other : new String[] {"rsa", "localhost", "ed25519", "pss", "dsa"}) {
            if (!other.equals(name)) {
                Path chain = PemFile.chain(folder, other);
                assertFails(
                        "not the private key of the certificate in " + key,
                        () -> new PemContext().identity(chain, key));
            }
        }
    }

    @Test
    void invalidKeyIsReportedAsUnreadable() throws Exception {
        Path chain = PemFile.chain(folder, "localhost");
        Path key = Files.writeString(folder.resolve("key"), PemFile.block("PRIVATE KEY", new byte[] {1, 2}));
        assertFails("no private key that this JDK can read in " + key, () -> new PemContext().identity(chain, key));
    }

    @Test
    void keyOfTheCertificateIsFoundAmongSeveralInAFile() throws Exception {
        Path all = folder.resolve("all.pem");
        Files.writeString(
                all,
                Files.readString(PemFile.key(folder, "rsa"))
                        + Files.readString(PemFile.key(folder, "other.test"))
                        + Files.readString(PemFile.key(folder, "localhost")));
        new PemContext().identity(PemFile.chain(folder, "localhost"), all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X509 CERTIFICATE", "TRUSTED CERTIFICATE"})
    void olderLabelsOfCertificatesAreAccepted(String label) throws Exception {
        String text = Files.readString(PemFile.chain(folder, "localhost")).replace(" CERTIFICATE-", " " + label + "-");
        Path chain = Files.writeString(folder.resolve("old.pem"), text.replace("\n", "\r\n"));
        new PemContext().identity(chain, PemFile.key(folder, "localhost"));
    }

    @Test
    void certificateIsChosenByTheServerName() throws Exception {
        for (String first : new String[] {"localhost", "other.test"}) {
            String second = first.equals("localhost") ? "other.test" : "localhost";
            SSLContext server = identity(first)
                    .identity(PemFile.chain(folder, second), PemFile.key(folder, second))
                    .build();
            SSLContext client = trusting().build();
            assertEquals("CN=other.test", subject(SocketPair.handshake(server, client, "other.test")));
            assertEquals("CN=localhost", subject(SocketPair.handshake(server, client, "localhost")));
            assertEquals("CN=" + first, subject(SocketPair.handshake(server, client, "unheard.of")));
        }
    }

    @Test
    void certificateOfAnotherAuthorityIsNotTrusted() throws Exception {
        SSLContext server = identity("stranger").build();
        SSLContext client = trusting().build();
        assertThrows(SSLHandshakeException.class, () -> SocketPair.handshake(server, client, "localhost"));
    }

    @Test
    void contextTrustsTheJdksAuthoritiesByDefault() throws Exception {
        SSLContext server = identity("localhost").build();
        SSLContext client = new PemContext().build();
        assertThrows(SSLHandshakeException.class, () -> SocketPair.handshake(server, client, "localhost"));
    }

    @Test
    void certificateAndKeyCanShareOneFile() throws Exception {
        Path chain = PemFile.chain(folder, "localhost");
        Path both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(PemFile.key(folder, "localhost")) + Files.readString(chain));
        SSLContext server = new PemContext().identity(both, both).build();
        assertEquals(
                "CN=localhost", subject(SocketPair.handshake(server, trusting().build(), "localhost")));
    }

    @Test
    void errorNamesTheFileWithOtherContent() throws Exception {
        Path chain = PemFile.chain(folder, "localhost");
        Path key = PemFile.key(folder, "localhost");
        assertFails("no certificate in " + key, () -> new PemContext().identity(key, key));
        assertFails("no certificate in " + key, () -> new PemContext().trust(key));
        assertFails("no unencrypted PKCS#8 private key in " + chain, () -> new PemContext().identity(chain, chain));
        Path other = PemFile.key(folder, "other.test");
        assertFails(
                "not the private key of the certificate in " + other, () -> new PemContext().identity(chain, other));
        Path rsa = PemFile.key(folder, "rsa");
        assertFails("not the private key of the certificate in " + rsa, () -> new PemContext().identity(chain, rsa));
        Path broken = Files.writeString(folder.resolve("broken"), PemFile.block("CERTIFICATE", new byte[] {1, 2}));
        assertFails("invalid certificate in " + broken, () -> new PemContext().trust(broken));
    }

    @Test
    void errorForOtherKeyFormatsSaysHowToConvert() throws Exception {
        Path chain = PemFile.chain(folder, "localhost");
        for (String label : new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            Path key = Files.writeString(folder.resolve("key"), PemFile.block(label, new byte[] {1, 2}));
            assertFails("openssl pkcs8 -topk8 -nocrypt makes one", () -> new PemContext().identity(chain, key));
        }
    }

    private interface Attempt {
        void make() throws IOException;
    }

    private static void assertFails(String words, Attempt attempt) {
        IOException e = assertThrows(IOException.class, attempt::make);
        assertTrue(String.valueOf(e.getMessage()).contains(words), e::toString);
    }
}
