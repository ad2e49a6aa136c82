// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code tcp-proxy --tls-to} with nc and Python as clients, and openssl and socat as targets. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class TcpProxyTlsIT {
    private final String poller;

    TcpProxyTlsIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void netcatGetsItsLineReversedByOpenssl(String version) throws Exception {
        TestCertificate identity = TestCertificate.in(folder);
        try (Program openssl = openssl(identity, version, "-rev");
                Program proxy = trial(identity).proxy(acceptingPort(openssl))) {
            try (Program nc = Program.tool("nc", "127.0.0.1", proxy.port())
                    .input("hello\nCLOSE\n".getBytes(StandardCharsets.US_ASCII))) {
                assertEquals("olleh\n", nc.outAfter(0));
            }
            assertLogs(List.of(), proxy);
        }
    }

    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void socatAnswersHalfClosedNetcat() throws Exception {
        TestCertificate identity = TestCertificate.in(folder);
        String listen =
                "OPENSSL-LISTEN:0,bind=127.0.0.1,verify=0,cert=" + identity.certificate() + ",key=" + identity.key();
        try (Program socat = Program.tool("socat", "-d", "-d", "-t100", listen, "SYSTEM:wc -c")) {
            socat.awaitErr("listening on");
            try (Program proxy = trial(identity).proxy(socat.err().strip().replaceFirst("(?s).*:", ""))) {
                try (Program nc =
                        Program.tool("nc", "-N", "127.0.0.1", proxy.port()).input(new byte[3_000_000])) {
                    assertEquals("3000000", nc.outAfter(0).strip());
                }
                assertLogs(List.of(), proxy);
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void tlsEchoAnswersHalfClosedNetcat() throws Exception {
        TestCertificate identity = TestCertificate.in(folder);
        String text = "hello\n".repeat(500_000);
        try (Program echo = Program.example("tls-echo", "--cert", identity.certificate(), "--key", identity.key());
                Program proxy = trial(identity).proxy(echo.port())) {
            try (Program nc = Program.tool("nc", "-N", "127.0.0.1", proxy.port())
                    .input(text.getBytes(StandardCharsets.US_ASCII))) {
                assertEquals(text, nc.outAfter(0));
            }
            assertLogs(List.of(), proxy);
        }
    }

    /** An end without {@code close_notify} may come from an attacker, and a client without TLS could not know. */
    @Test
    void truncatedStreamIsResetForTheClient() throws Exception {
        assertEquals(1, trial(TestCertificate.in(folder)).linesLoggedAfter("""
                client, target = pair()
                target.sendall(b"half of i")
                target.close()
                assert is_reset(client)
                """));
    }

    @Test
    void untrustedCertificateIsLoggedInOneLine() throws Exception {
        TestCertificate identity = TestCertificate.in(folder);
        ProxyTrial trusting = new ProxyTrial("--poller", poller, "--tls-to");
        try (Program openssl = openssl(identity, "-tls1_3", "-rev");
                Program proxy = trusting.proxy(acceptingPort(openssl))) {
            assertIsReset(proxy);
            assertLogs(List.of("unable to find valid certification path"), proxy);
        }
    }

    @Test
    void certificateOfAnotherHostIsLoggedInOneLine() throws Exception {
        TestCertificate identity = TestCertificate.in(folder, "DNS:elsewhere.example");
        try (Program openssl = openssl(identity, "-tls1_3", "-rev");
                Program proxy = trial(identity).proxy(acceptingPort(openssl))) {
            assertIsReset(proxy);
            assertLogs(List.of("127.0.0.1"), proxy);
        }
    }

    @Test
    void targetWithoutTlsIsLoggedInOneLine() throws Exception {
        try (Program echo = Program.example("echo-server");
                Program proxy = trial(TestCertificate.in(folder)).proxy(echo.port())) {
            assertIsReset(proxy);
            assertLogs(List.of("Unexpected handshake message"), proxy);
        }
    }

    private ProxyTrial trial(TestCertificate identity) {
        return ProxyTrial.overTls(identity, "--poller", poller, "--policy", "on-change");
    }

    private static Program openssl(TestCertificate identity, String... options) throws Exception {
        String command = "openssl s_server -accept 127.0.0.1:0 -cert " + identity.certificate() + " -key "
                + identity.key() + " " + String.join(" ", options);
        return Program.tool(command.split(" "));
    }

    private static String acceptingPort(Program openssl) throws Exception {
        String line = openssl.line();
        while (!line.startsWith("ACCEPT ")) {
            line = openssl.line();
        }
        return line.substring(line.lastIndexOf(':') + 1);
    }

    private static void assertIsReset(Program proxy) throws Exception {
        try (Program python = Program.tool("python3", "-c", CLIENT, proxy.port())) {
            assertEquals("reset", python.outAfter(0).strip(), () -> python.err() + proxy.err());
        }
    }

    private static final String CLIENT = """
            import socket, sys
            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
            s.settimeout(100)
            try:
                print(s.recv(1))
            except ConnectionResetError:
                print("reset")
            """;

    /** Ends the proxy, and checks that it has logged one line for each of these reasons. */
    private static void assertLogs(List<String> reasons, Program proxy) throws Exception {
        ProxyTrial.assertEndsOnSigterm(proxy);
        List<String> lines = proxy.err().lines().toList();
        assertEquals(reasons.size() + 2, lines.size(), proxy::err);
        for (int i = 0; i < reasons.size(); i++) {
            assertTrue(lines.get(i + 1).contains(reasons.get(i)), proxy::err);
        }
    }
}
