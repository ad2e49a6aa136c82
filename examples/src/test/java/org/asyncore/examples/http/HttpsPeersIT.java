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

/** Tests how {@code http-server} ends TLS connections that are silent, or that end without {@code close_notify}. */
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

    /** Runs a Python client with this version of TLS. It prints {@code content} if nothing is wrong. */
    private void assertSucceeds(String script, Program server, String version) throws Exception {
        String client = CLIENT + script + "print('content')\n";
        try (Program python = Program.tool("python3", "-c", client, server.port(), certificate.toString(), version)) {
            assertEquals("content\n", python.outAfter(0), () -> python.err() + server.err());
        }
    }

    /** Ends the server, and checks that it has logged one line with each of these texts, beside its start and end. */
    private static void assertLogs(Program server, String... expected) throws Exception {
        HttpServerIT.assertEndsOnSigterm(server);
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
    void clientThatIsSilentAfterItsHandshakeGets408(String version) throws Exception {
        try (Program server = serve("2")) {
            assertSucceeds("""
                    start = time.monotonic()
                    answer = rest(connect())
                    assert answer.startswith(b"HTTP/1.1 408 "), answer
                    assert time.monotonic() - start >= 2
                    """, server, version);
            assertLogs(server, "no request in 2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void clientThatIsSilentInARequestGets408(String version) throws Exception {
        try (Program server = serve("2")) {
            assertSucceeds("""
                    half = connect()
                    half.sendall(b"GET /small HTTP/1.1\\r\\nHost")
                    answer = rest(half)
                    assert answer.startswith(b"HTTP/1.1 408 "), answer
                    """, server, version);
            assertLogs(server, "no request in 2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void clientThatIsSilentBetweenRequestsIsClosedWithoutALogLine(String version) throws Exception {
        try (Program server = serve("2")) {
            assertSucceeds("""
                    s = connect()
                    get(s)
                    assert rest(s) == b""
                    """, server, version);
            assertLogs(server);
        }
    }

    /** The limit of handshakes is 10 seconds, so the line shows that the idle time has ended this connection. */
    @Test
    void clientWithoutAHandshakeIsClosedAfterTheIdleTime() throws Exception {
        try (Program server = serve("2")) {
            assertSucceeds("""
                    start = time.monotonic()
                    answer = rest(plain())
                    assert answer.startswith(b"\\x15"), answer # an alert, by a record of TLS
                    assert time.monotonic() - start >= 2
                    """, server, "TLSv1_3");
            assertLogs(server, "closing: no TLS handshake in 2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void endWithoutCloseNotifyBetweenRequestsIsNotLogged(String version) throws Exception {
        try (Program server = serve("60")) {
            assertSucceeds("""
                    end_without_close_notify(connect())
                    kept = connect()
                    get(kept)
                    end_without_close_notify(kept)
                    last = connect()
                    get(last, b"Connection: close\\r\\n")
                    end_without_close_notify(last)
                    """, server, version);
            assertLogs(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void endWithoutCloseNotifyInARequestIsLogged(String version) throws Exception {
        try (Program server = serve("60")) {
            assertSucceeds("""
                    half = connect()
                    half.sendall(b"GET /small HTTP/1.1\\r\\nHost")
                    end_without_close_notify(half)
                    """, server, version);
            assertLogs(server, "without close_notify");
        }
    }
}
