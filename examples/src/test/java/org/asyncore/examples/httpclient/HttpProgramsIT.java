// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares {@code http-client} and {@code loop-steps} with curl, on Python's server. */
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class HttpProgramsIT {
    private final String poller;

    HttpProgramsIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    @Test
    void clientReceivesWhatCurlReceives() throws Exception {
        assertReceivesWhatCurlReceives("http-client");
    }

    @Test
    void clientInStepsReceivesWhatCurlReceives() throws Exception {
        assertReceivesWhatCurlReceives("loop-steps");
    }

    @Test
    void everyHookIsLogged() throws Exception {
        try (Program server = server()) {
            String url = "http://localhost:" + portOf(server) + "/";
            try (Program client = Program.example("http-client", "--poller", poller, url)) {
                client.outAfter(0);
                for (String hook : List.of("readable()", "writable()", "handle_connect()", "handle_write()")) {
                    assertTrue(client.err().contains("HttpClient: " + url + " " + hook), client::err);
                }
                assertTrue(
                        client.err()
                                .contains(url + " handle_close()\nHttpClient: " + url + " handle_read() -> 0 bytes"),
                        client::err);
            }
        }
    }

    @Test
    void turnsAreCounted() throws Exception {
        try (Program server = server();
                Program client =
                        Program.example("loop-steps", "--poller", poller, "http://127.0.0.1:" + portOf(server) + "/")) {
            client.outAfter(0);
            assertTrue(client.err().contains("loop-steps: loop_counter=2"), client::err);
        }
    }

    @Test
    void failureOfOneUrlDoesNotAffectTheOthers() throws Exception {
        try (Program server = server()) {
            String good = "http://127.0.0.1:" + portOf(server) + "/";
            try (Program client =
                    Program.example("http-client", "--poller", poller, "http://127.0.0.1:1/", "htp:/bad", good)) {
                assertTrue(client.outAfter(1).startsWith(good + " got "));
                List<String> trouble = client.err()
                        .lines()
                        .filter(line -> line.startsWith("http-client: h"))
                        .toList();
                assertEquals(2, trouble.size(), client::err);
                assertTrue(trouble.get(0).startsWith("http-client: http://127.0.0.1:1/: "), client::err);
                assertTrue(trouble.get(1).startsWith("http-client: htp:/bad: "), client::err);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10, close, 1", "3, close, 0", "3, reset, 0", "-1, close, 0", "-1, reset, 1", "3, stay, 0"})
    void responseThatIsCutShortIsAFailure(int length, String end, int exitCode) throws Exception {
        String head = length < 0 ? "" : "Content-Length: " + length + "\\r\\n";
        try (Program server = Program.tool("python3", "-u", "-c", ODD.formatted(head, end));
                Program client = Program.example("http-client", "--poller", poller, "http://" + server.address())) {
            String out = client.outAfter(exitCode);
            assertEquals(exitCode == 0, out.contains(" got "), client::err);
        }
    }

    private static final String ODD = """
            import socket, struct, sys, time
            listener = socket.create_server(("127.0.0.1", 0))
            print("listening on 127.0.0.1:%%d" %% listener.getsockname()[1])
            s, end = listener.accept()[0], "%2$s"
            s.recv(65536)
            s.sendall(b"HTTP/1.0 200 OK\\r\\n%1$s\\r\\nabc")
            time.sleep(0.5) # so that the response is read before the reset
            if end == "reset":
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if end == "stay":
                s.recv(1) # until the client closes
            s.close()
            """;

    @Test
    void noResponseIsAFailure() throws Exception {
        try (Program server = Program.tool(
                        "python3", "-u", "-c", ODD.replace("s.sendall", "str").formatted("", "close"));
                Program client = Program.example("http-client", "--poller", poller, "http://" + server.address())) {
            assertEquals("", client.outAfter(1));
            assertTrue(client.err().contains(": no response\n"), client::err);
        }
    }

    private void assertReceivesWhatCurlReceives(String program) throws Exception {
        Files.write(folder.resolve("small"), new byte[701]);
        Files.write(folder.resolve("large"), new byte[1_000_000]);
        try (Program server = server()) {
            String root = "http://127.0.0.1:" + portOf(server) + "/";
            String small = root + "small";
            String large = root + "large?a=b";
            try (Program client = Program.example(program, "--poller", poller, small, large)) {
                assertEquals(
                        List.of(
                                small + " got " + bytesToCurl(small) + " bytes",
                                large + " got " + bytesToCurl(large) + " bytes"),
                        client.outAfter(0).lines().toList());
            }
        }
    }

    private static int bytesToCurl(String url) throws Exception {
        try (Program curl = Program.tool("curl", "-s", "-i", "--http1.0", "--noproxy", "*", url)) {
            return curl.outAfter(0).length();
        }
    }

    private Program server() throws Exception {
        return Program.tool(
                "python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder.toString());
    }

    /** Python prints: Serving HTTP on 127.0.0.1 port 43567 (...) ... */
    private static String portOf(Program server) throws Exception {
        return server.line().replaceFirst(".* port (\\d+) .*", "$1");
    }
}
