// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.asyncore.Loop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server names that are host names, nearly host names, or neither. */
@Timeout(120)
final class NamesTest {
    private static final String LONG = "x".repeat(64);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "localhost,localhost",
        "localhost.,localhost",
        "LocalHost,LocalHost",
        "bücher.example,xn--bcher-kva.example",
        "my_host,",
        "my_host.,",
        "*.example,",
        "-a.example,",
        "a-.example,",
        "a..example,",
        ".example,",
        "a b,",
        "127.0.0.1,",
        "127.1,",
        "12345,",
        "::1,",
        "[::1],",
        "fe80::1%eth0,",
        "'',"
    })
    void clientSendsHostNamesOnly(String host, String asked) {
        for (String tried : List.of(host, host + "." + LONG + LONG)) {
            List<SNIServerName> names = ClientEngine.of(TestPeers.LOCALHOST, tried, 443)
                    .getSSLParameters()
                    .getServerNames();
            List<String> expected = asked == null || !tried.equals(host) ? List.of() : List.of(asked);
            assertEquals(
                    expected,
                    names.stream()
                            .map(name -> ((SNIHostName) name).getAsciiName())
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"::1,::1", "[::1],::1", "fe80::1%eth0,fe80::1", "[fe80::1%1],fe80::1", "127.0.0.1,127.0.0.1"})
    void addressIsVerifiedWithoutBracketsAndScope(String host, String proved) {
        assertEquals(proved, ClientEngine.of(TestPeers.LOCALHOST, host, 443).getPeerHost());
    }

    @ParameterizedTest
    @MethodSource("org.asyncore.tls.PollerAndPolicy#all")
    void nameThatNoCertificateCanHaveIsAnErrorThatNamesIt(PollerAndPolicy pollerAndPolicy) throws Exception {
        try (Loop loop = pollerAndPolicy.open()) {
            TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
            for (String name : List.of("my_host", "-a.example", "a..b", LONG)) {
                RecordingDispatcher client = new RecordingDispatcher(loop);
                client.createSocket();
                client.setSocket(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, name, listener.port()));
                client.connect(listener.at());
                LoopAwait.until(loop, () -> client.error != null);
                SSLException error = assertInstanceOf(SSLException.class, client.error);
                assertTrue(String.valueOf(error.getMessage()).contains(name), error::toString);
                assertEquals("[error]", client.hooks.toString());
            }
        }
    }

    /** Returns a server's engine that has seen the ClientHello of a client that asks for that name. */
    private static SSLEngine asked(String name) throws SSLException {
        SSLEngine client = TestPeers.LOCALHOST.createSSLEngine();
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIServerName(0, name.getBytes(ISO_8859_1)) {}));
        client.setSSLParameters(parameters);
        ByteBuffer hello = ByteBuffer.allocate(RecordBuffers.RECORD);
        client.wrap(ByteBuffer.allocate(0), hello);
        hello.flip();
        SSLEngine server = TestPeers.LOCALHOST.createSSLEngine();
        server.setUseClientMode(false);
        for (int limit = 0; limit < hello.limit(); limit++) {
            ServerName.note(hello.duplicate().limit(limit), server);
            assertNull(ServerName.of(server));
        }
        ServerName.note(hello, server);
        assertEquals(0, hello.position());
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "my_host", "my_host.", "*.example", "A.Example.", "x y", "ü"})
    void serverSeesEveryNameInAClientHello(String name) throws Exception {
        assertEquals(HostNames.plain(name), ServerName.of(asked(name)));
    }

    @Test
    void tamperedHelloIsParsedWithoutException() {
        byte[] hello = new byte[300];
        for (int at = 0; at < 60; at++) {
            for (int value : new int[] {0, 1, 22, 127, 255}) {
                hello[0] = 22;
                hello[5] = 1;
                hello[at] = (byte) value;
                SSLEngine server = TestPeers.LOCALHOST.createSSLEngine();
                server.setUseClientMode(false);
                ServerName.note(ByteBuffer.wrap(hello), server); // throws nothing
            }
        }
    }

    @Test
    void certificateIsChosenByTheNameThatTheEngineCarries() throws Exception {
        SSLContext context = new PemContext()
                .identity(PemFile.chain(folder, "localhost"), PemFile.key(folder, "localhost"))
                .identity(PemFile.chain(folder, "other.test"), PemFile.key(folder, "other.test"))
                .build();
        for (String name : List.of("other.test", "other.test.", "OTHER.TEST")) {
            try (TlsPair pair =
                    new TlsPair(PollerAndPolicy.all().findFirst().orElseThrow().backend(), "TLSv1.3", context)) {
                carry(pair, name);
                pair.handshake();
                X509Certificate shown = (X509Certificate) pair.client.session().getPeerCertificates()[0];
                assertEquals("CN=other.test", shown.getSubjectX500Principal().getName());
            }
        }
    }

    private static void carry(TlsPair pair, String name) throws SSLException {
        SSLParameters parameters = pair.serverEngine.getSSLParameters();
        parameters.setServerNames(asked(name).getSSLParameters().getServerNames());
        pair.serverEngine.setSSLParameters(parameters);
    }

    @Test
    void certificateIsForItsNamesAndForThoseOfItsWildcards() throws Exception {
        X509Certificate localhost = (X509Certificate) Certificates.all().getCertificate("localhost");
        X509Certificate wild = (X509Certificate) Certificates.rare().getCertificate("wild");
        assertTrue(HostNames.isFor(localhost, "localhost"));
        assertFalse(HostNames.isFor(localhost, "127.0.0.1"));
        assertFalse(HostNames.isFor(localhost, "a.localhost"));
        assertTrue(HostNames.isFor(wild, "a.example.test"));
        assertFalse(HostNames.isFor(wild, "example.test"));
        assertFalse(HostNames.isFor(wild, "a.b.example.test"));
        assertFalse(HostNames.isFor(wild, ".example.test"));
        assertFalse(HostNames.isFor((X509Certificate) Certificates.all().getCertificate("ca"), "ca"));
    }
}
