// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code http-server} ends connections over TLS: silent ones, and those that end without {@code close_notify}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class HttpsPeersIT {
    private final String poller;

    HttpsPeersIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    private Path root = Path.of("");
    private Path key = Path.of("");
    private Path certificate = Path.of("");

    @BeforeEach
    void files() throws Exception {
        root = Files.createDirectories(folder.resolve("root"));
        Files.writeString(root.resolve("small"), "small");
        key = folder.resolve("key.pem");
        certificate = folder.resolve("certificate.pem");
        HttpServerIT.certify(key, certificate);
    }

    private Program serve(String idleSeconds) throws Exception {
        return Program.example(
                "http-server",
                "--poller",
                poller,
                "--root",
                root.toString(),
                "--cert",
                certificate.toString(),
                "--key",
                key.toString(),
                "--idle",
                idleSeconds);
    }

    /** Runs a client of Python that speaks this version of TLS, and says so when nothing is wrong. */
    private void assertContent(String script, Program server, String version) throws Exception {
        String client = CLIENT + script + "print('content')\n";
        try (Program python = Program.tool("python3", "-c", client, server.port(), certificate.toString(), version)) {
            assertEquals("content\n", python.outAfter(0), () -> python.err() + server.err());
        }
    }

    /** Ends the server, which has a line for each of these texts beside those of its start and its end. */
    private static void assertTrouble(Program server, String... expected) throws Exception {
        HttpServerIT.assertEndsWhenTold(server);
        HttpServerIT.assertOneLineForEach(expected.length, server);
        for (String text : expected) {
            assertEquals(
                    1, server.err().lines().filter(line -> line.contains(text)).count(), server::err);
        }
    }

    private static final String CLIENT = """
            import socket, ssl, sys, time
            context = ssl.create_default_context(cafile=sys.argv[2])
            context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, sys.argv[3])
            def plain():
                return socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=100)
            def connect():
                return context.wrap_socket(plain(), server_hostname="localhost", suppress_ragged_eofs=False)
            def rest(s):
                data = b""
                while True:
                    more = s.recv(65536) # which throws if the server does not send its close_notify
                    if not more:
                        return data
                    data += more
            def get(s, field=b""):
                s.sendall(b"GET /small HTTP/1.1\\r\\nHost: x\\r\\n" + field + b"\\r\\n")
                data = b""
                while not data.endswith(b"\\r\\n\\r\\nsmall"):
                    more = s.recv(65536)
                    assert more, data
                    data += more
            def end_without_close_notify(s):
                s.shutdown(socket.SHUT_WR) # of TCP, and Python forgets TLS
                while s.recv(65536):
                    pass
            """;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void clientThatIsSilentAfterItsHandshakeIsToldSo(String version) throws Exception {
        try (Program server = serve("2")) {
            assertContent("""
                    start = time.monotonic()
                    answer = rest(connect())
                    assert answer.startswith(b"HTTP/1.1 408 "), answer
                    assert time.monotonic() - start >= 2
                    """, server, version);
            assertTrouble(server, "no request in 2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void clientThatIsSilentInARequestIsToldSo(String version) throws Exception {
        try (Program server = serve("2")) {
            assertContent("""
                    half = connect()
                    half.sendall(b"GET /small HTTP/1.1\\r\\nHost")
                    answer = rest(half)
                    assert answer.startswith(b"HTTP/1.1 408 "), answer
                    """, server, version);
            assertTrouble(server, "no request in 2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void clientThatIsSilentBetweenRequestsIsClosedWithoutALine(String version) throws Exception {
        try (Program server = serve("2")) {
            assertContent("""
                    s = connect()
                    get(s)
                    assert rest(s) == b""
                    """, server, version);
            assertTrouble(server);
        }
    }

    /** The limit of handshakes is 10 seconds: the line says that it was the other one, and that it passed once. */
    @Test
    void clientWithoutAHandshakeIsClosedAfterTheIdleTime() throws Exception {
        try (Program server = serve("2")) {
            assertContent("""
                    start = time.monotonic()
                    answer = rest(plain())
                    assert answer.startswith(b"\\x15"), answer # an alert, by a record of TLS
                    assert time.monotonic() - start >= 2
                    """, server, "TLSv1_3");
            assertTrouble(server, "closing: no TLS handshake in 2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void endWithoutCloseNotifyOutsideARequestIsNoTrouble(String version) throws Exception {
        try (Program server = serve("60")) {
            assertContent("""
                    end_without_close_notify(connect())
                    kept = connect()
                    get(kept)
                    end_without_close_notify(kept)
                    last = connect()
                    get(last, b"Connection: close\\r\\n")
                    end_without_close_notify(last)
                    """, server, version);
            assertTrouble(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void endWithoutCloseNotifyInARequestIsALine(String version) throws Exception {
        try (Program server = serve("60")) {
            assertContent("""
                    half = connect()
                    half.sendall(b"GET /small HTTP/1.1\\r\\nHost")
                    end_without_close_notify(half)
                    """, server, version);
            assertTrouble(server, "without close_notify");
        }
    }
}
