// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code http-server} with curl, wrk and nc as clients. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class HttpServerIT {
    private final String poller;

    HttpServerIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    private Path root = Path.of("");
    private byte[] large = {};

    @BeforeEach
    void files() throws Exception {
        root = folder.resolve("root");
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("secret"));
        Files.writeString(root.resolve("small.txt"), "0123456789".repeat(102) + "abcd");
        Files.writeString(root.resolve("sub/index.html"), "the index");
        large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        Files.write(root.resolve("large"), large);
    }

    private Program serve(String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("http-server", "--poller", poller, "--root", root.toString()));
        args.addAll(List.of(more));
        return Program.example(args.toArray(String[]::new));
    }

    /** Returns the output of curl. Targets among the arguments get the origin as their prefix. */
    private static String curl(String origin, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--path-as-is", "--noproxy", "*"));
        for (String arg : args) {
            command.add(arg.startsWith("/") && !Files.exists(Path.of(arg)) ? origin + arg : arg);
        }
        try (Program curl = Program.tool(command.toArray(String[]::new))) {
            return curl.outAfter(0);
        }
    }

    @Test
    void curlReceivesTheFiles() throws Exception {
        try (Program server = serve()) {
            String origin = "http://" + server.address();
            assertEquals(new String(large, StandardCharsets.ISO_8859_1), curl(origin, "/large"));
            assertEquals(new String(large, StandardCharsets.ISO_8859_1), curl(origin, "--http1.0", "/large"));
            assertEquals("the index", curl(origin, "-L", "/sub"));
            assertEquals("2345", curl(origin, "-r", "2-5", "/small.txt"));
            assertEquals("abcd", curl(origin, "-r", "-4", "/small.txt"));
            assertEquals("abcd", curl(origin, "-r", "1020-", "/small.txt"));
            assertEquals(
                    new String(large, 1_000_000, 1_500_000, StandardCharsets.ISO_8859_1),
                    curl(origin, "-r", "1000000-2499999", "/large"));
            assertEndsOnSigterm(server);
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void responseToHeadDescribesTheFile() throws Exception {
        try (Program server = serve()) {
            String head = curl("http://" + server.address(), "-I", "/small.txt");
            assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
            for (String field : List.of("Date: ", "Last-Modified: ", "ETag: \"", "Accept-Ranges: bytes\r\n")) {
                assertTrue(head.contains("\r\n" + field), head);
            }
            assertTrue(head.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n"), head);
            assertTrue(head.contains("\r\nContent-Length: 1024\r\n"), head);
            assertTrue(head.endsWith("\r\n\r\n"), head);
        }
    }

    @Test
    void unmodifiedFileIsNotSentAgain() throws Exception {
        try (Program server = serve()) {
            String origin = "http://" + server.address();
            String file = root.resolve("small.txt").toString();
            assertEquals("304 0", curl(origin, "-w", "%{http_code} %{size_download}", "-z", file, "/small.txt"));
            String old = curl(origin, "-o", file, "-w", "%{http_code}", "-z", "1 Jan 2020", "/small.txt");
            assertEquals("200", old);
            Matcher etag = Pattern.compile("ETag: (.*)\r\n").matcher(curl(origin, "-I", "/small.txt"));
            assertTrue(etag.find());
            String field = "If-None-Match: \"other\", W/" + etag.group(1);
            assertEquals("304", curl(origin, "-w", "%{http_code}", "-H", field, "/small.txt"));
            String condition = "If-Range: " + etag.group(1);
            assertEquals("01", curl(origin, "-H", condition, "-r", "0-1", "/small.txt"));
            assertEquals(
                    1024,
                    curl(origin, "-H", "If-Range: \"other\"", "-r", "0-1", "/small.txt")
                            .length());
        }
    }

    /** Containers and system services often have the C locale. */
    @Test
    void nonAsciiNameIsServedInTheCLocale() throws Exception {
        Files.writeString(root.resolve(Utf8Path.of("\u00fc.txt")), "beyond");
        String command = String.join(" ", Program.java()) + " http-server --poller " + poller + " --root " + root;
        try (Program server = Program.tool("sh", "-c", "LC_ALL=C exec " + command)) {
            assertEquals("beyond", curl("http://" + server.address(), "/%C3%BC.txt"));
        }
    }

    @Test
    void oneConnectionServesSeveralRequests() throws Exception {
        try (Program server = serve()) {
            String origin = "http://" + server.address();
            assertEquals(
                    "1\n0\n0\n",
                    curl(
                            origin,
                            "-w",
                            "%{num_connects}\\n",
                            "-o",
                            "/dev/null",
                            "-o",
                            "/dev/null",
                            "-o",
                            "/dev/null",
                            origin + "/large",
                            origin + "/none",
                            origin + "/small.txt"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/../secret, 403",
        "/sub/../../secret, 403",
        "/%2e%2e/secret, 403",
        "/..%2fsecret, 400",
        "/..%5csecret, 400",
        "/out, 403",
        "/small.txt%00, 400",
        "/none, 404"
    })
    void targetOutsideOfTheRootIsRefused(String target, String status) throws Exception {
        try (Program server = serve()) {
            String seen = curl("http://" + server.address(), "-w", "%{http_code}", target);
            assertFalse(seen.contains("secret"), seen);
            assertTrue(seen.endsWith(status), seen);
        }
    }

    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void halfClosedPeerStillReceivesItsResponse() throws Exception {
        try (Program server = serve()) {
            byte[] request = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            try (Program nc =
                    Program.tool("nc", "-N", "127.0.0.1", server.port()).input(request)) {
                String answer = nc.outAfter(0);
                assertEquals(
                        new String(large, StandardCharsets.ISO_8859_1), answer.substring(answer.length() - 3_000_000));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"every-turn", "on-change"})
    void wrkHasNoErrorOn256Connections(String policy) throws Exception {
        try (Program server = serve("--policy", policy)) {
            String url = "http://" + server.address() + "/small.txt";
            String duration = policy.equals("on-change") ? "10s" : "2s";
            try (Program wrk = Program.tool("wrk", "-t1", "-c256", "-d" + duration, url)) {
                String report = wrk.outAfter(0);
                assertTrue(report.contains("Requests/sec:"), report);
                assertFalse(report.contains("Socket errors") || report.contains("Non-2xx"), report);
                assertFalse(report.contains(" 0 requests in"), report);
            }
            assertEndsOnSigterm(server);
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void clientThatTrustsTheCertificateIsServedOverTls() throws Exception {
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("certificate.pem");
        certify(key, certificate);
        try (Program server = serve("--tls", "--cert", certificate.toString(), "--key", key.toString())) {
            String port = server.port();
            String origin = "https://localhost:" + port;
            String trust = certificate.toString();
            assertEquals(new String(large, StandardCharsets.ISO_8859_1), curl(origin, "--cacert", trust, "/large"));
            assertEquals("2345", curl(origin, "--cacert", trust, "-r", "2-5", "/small.txt"));
            try (Program stranger = Program.tool("curl", "-s", "--noproxy", "*", origin + "/small.txt")) {
                assertEquals("", stranger.outAfter(60)); // the certificate is not trusted
            }
            assertEquals("the index", curl(origin, "--http1.0", "--cacert", trust, "/sub/"));
            assertEndsOnSigterm(server);
            assertOneLineForEach(1, server);
        }
    }

    /** Makes a key, and a certificate for localhost. */
    static void certify(Path key, Path certificate) throws Exception {
        try (Program openssl = Program.tool(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())) {
            openssl.outAfter(0);
        }
    }

    /** Ends the server with SIGTERM, and checks exit code 0 and that nothing more is on its standard output. */
    static void assertEndsOnSigterm(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }

    /** Checks, after its end, that each bad peer has one line in the log, and no stack trace. */
    static void assertOneLineForEach(int badPeers, Program server) {
        assertEquals(2 + badPeers, server.err().lines().count(), server::err);
        assertFalse(server.err().contains("\tat "), server::err);
    }
}
