// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.PemFiles;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code tls-echo} with {@code openssl s_client} and Python as clients. */
@DisabledOnOs(
        value = {OS.WINDOWS, OS.MAC},
        disabledReason = "no signals; no OpenSSL but LibreSSL")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class TlsEchoIT {
    private final String poller;

    TlsEchoIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    private Program server(PemFiles files, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("tls-echo", "--poller", poller));
        command.addAll(List.of("--cert", files.certificate(), "--key", files.key()));
        command.addAll(List.of(options));
        return Program.example(command.toArray(String[]::new));
    }

    private static Program client(String port, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(options));
        return Program.tool(command.toArray(String[]::new));
    }

    /** Checks that a line comes back, perhaps among others, and that the client exits with 0. */
    private static void assertEchoes(Program client) throws Exception {
        client.type("hello");
        client.lineLike(".*hello");
        client.endInput();
        client.outAfter(0);
    }

    /** Ends the server with SIGTERM, and checks exit code 0 and that nothing more is on its standard output. */
    private static void assertEndsOnSigterm(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2,every-turn", "-tls1_2,on-change", "-tls1_3,every-turn", "-tls1_3,on-change"})
    void messageComesBack(String version, String policy) throws Exception {
        PemFiles files = PemFiles.make(folder, "localhost");
        try (Program server = server(files, "--policy", policy)) {
            String[] options = {version, "-CAfile", files.certificate(), "-verify_return_error", "-quiet", "-no_ign_eof"
            };
            try (Program client = client(server.port(), options)) {
                assertEchoes(client);
            }
            assertEndsOnSigterm(server);
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void pythonGetsMegabytesBack() throws Exception {
        PemFiles files = PemFiles.make(folder, "localhost");
        try (Program server = server(files);
                Program python = Program.tool("python3", "-c", MUCH, server.port(), files.certificate())) {
            assertEquals("same", python.outAfter(0).strip(), python::err);
            assertEndsOnSigterm(server);
        }
    }

    private static final String MUCH = """
            import random, socket, ssl, sys, threading
            message = random.Random(1).randbytes(3_000_000)
            context = ssl.create_default_context(cafile=sys.argv[2])
            with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 100) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as s:
                    back = bytearray()
                    def send():
                        s.sendall(message)
                    t = threading.Thread(target=send)
                    t.start()
                    while len(back) < len(message):
                        back += s.recv(65536)
                    t.join()
                    s.unwrap()
            print("same" if back == message else "not the same")
            """;

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void sessionIsResumed(String version) throws Exception {
        PemFiles files = PemFiles.make(folder, "localhost");
        String session = folder.resolve("session").toString();
        try (Program server = server(files)) {
            String port = server.port();
            try (Program first = client(port, version, "-sess_out", session)) {
                first.lineLike("New, TLS.*");
                assertEchoes(first);
                assertTrue(Files.exists(Path.of(session))); // the server sends it before the echo
            }
            try (Program second = client(port, version, "-sess_in", session)) {
                second.lineLike("Reused, TLS.*");
                assertEchoes(second);
            }
            assertEndsOnSigterm(server);
        }
    }

    @Test
    void certificateIsChosenByTheName() throws Exception {
        PemFiles one = PemFiles.make(folder, "localhost");
        PemFiles two = PemFiles.make(folder, "other.test");
        try (Program server = server(one, "--cert", two.certificate(), "--key", two.key())) {
            String port = server.port();
            for (String name : List.of("localhost", "other.test")) {
                try (Program client = client(port, "-servername", name)) {
                    client.lineLike("subject=CN ?= ?" + name);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void clientNeedsTheCertificateThatTheServerRequires(String version) throws Exception {
        PemFiles files = PemFiles.make(folder, "localhost");
        PemFiles mine = PemFiles.make(folder, "client");
        try (Program server = server(files, "--client-ca", mine.certificate())) {
            String port = server.port();
            try (Program client =
                    client(port, version, "-quiet", "-no_ign_eof", "-cert", mine.certificate(), "-key", mine.key())) {
                assertEchoes(client);
            }
            try (Program client = client(port, version, "-quiet", "-no_ign_eof")) {
                client.outAfter(1);
                assertTrue(client.err().contains("alert"), client::err);
            }
            assertEndsOnSigterm(server);
            assertEquals(3, server.err().lines().count(), server::err);
            assertFalse(server.err().contains("\tat "), server::err);
        }
    }

    @Test
    void firstProtocolOfTheServerThatTheClientKnowsIsNegotiated() throws Exception {
        try (Program server = server(PemFiles.make(folder, "localhost"), "--alpn", "c,b,a");
                Program client = client(server.port(), "-alpn", "a,b")) {
            assertEquals("ALPN protocol: b", client.lineLike("ALPN.*"));
        }
    }

    @Test
    void clientWithoutTlsIsLoggedInOneLineAndOthersAreServed() throws Exception {
        PemFiles files = PemFiles.make(folder, "localhost");
        try (Program server = server(files)) {
            String port = server.port();
            try (Program curl = Program.tool("curl", "-s", "--noproxy", "*", "http://127.0.0.1:" + port + "/")) {
                curl.outAfter(1); // the reply is not HTTP
            }
            try (Program client = client(port, "-quiet", "-no_ign_eof")) {
                assertEchoes(client);
            }
            assertEndsOnSigterm(server);
            assertEquals(3, server.err().lines().count(), server::err);
        }
    }

    @Test
    void serverWithoutACertificateMakesOne() throws Exception {
        try (Program server = Program.example("tls-echo", "--poller", poller)) {
            try (Program client = client(server.port(), "-quiet", "-no_ign_eof")) {
                assertEchoes(client);
            }
            assertEndsOnSigterm(server);
        }
    }

    @Test
    void wrongFileIsNamedInOneLine() throws Exception {
        PemFiles files = PemFiles.make(folder, "localhost");
        try (Program server = Program.example("tls-echo", "--poller", poller, "--cert", files.key())) {
            assertEquals("", server.outAfter(1));
            assertEquals("tls-echo: no certificate in " + files.key() + "\n", server.err());
        }
    }
}
