// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code http-client} and {@code loop-steps}, measured against curl on Python's server. */
@ParameterizedClass
@MethodSource("org.asyncore.examples.ExamplePollers#names")
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
    void stepsAreCounted() throws Exception {
        try (Program server = server();
                Program client =
                        Program.example("loop-steps", "--poller", poller, "http://127.0.0.1:" + portOf(server) + "/")) {
            client.outAfter(0);
            assertTrue(client.err().contains("loop-steps: loop_counter=2"), client::err);
        }
    }

    @Test
    void troubleWithOneUrlLeavesTheOthersAlone() throws Exception {
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

    /** Python says: Serving HTTP on 127.0.0.1 port 43567 (...) ... */
    private static String portOf(Program server) throws Exception {
        return server.line().replaceFirst(".* port (\\d+) .*", "$1");
    }
}
