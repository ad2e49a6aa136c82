// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.PemFiles;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares {@code http-client} over TLS with curl, on OpenSSL's server. */
@DisabledOnOs(
        value = {OS.WINDOWS, OS.MAC},
        disabledReason = "no OpenSSL but LibreSSL")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class HttpsIT {
    private final String poller;

    HttpsIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    private Program server(PemFiles files) throws Exception {
        return Program.tool(
                folder,
                "openssl",
                "s_server",
                "-accept",
                "0",
                "-WWW",
                "-cert",
                files.certificate(),
                "-key",
                files.key());
    }

    /** OpenSSL prints: ACCEPT [::]:42431 */
    private static String portOf(Program server) throws Exception {
        return server.lineLike("ACCEPT .*").replaceFirst(".*:", "");
    }

    @Test
    void clientReceivesWhatCurlReceives() throws Exception {
        Files.write(folder.resolve("large"), new byte[1_000_000]);
        PemFiles files = PemFiles.make(folder, "localhost");
        try (Program server = server(files)) {
            String url = "https://127.0.0.1:" + portOf(server) + "/large";
            int bytes;
            try (Program curl = Program.tool(
                    "curl", "-s", "-i", "--http1.0", "--noproxy", "*", "--cacert", files.certificate(), url)) {
                bytes = curl.outAfter(0).length();
            }
            assertTrue(bytes > 1_000_000);
            try (Program client =
                    Program.example("http-client", "--poller", poller, "--cacert", files.certificate(), url)) {
                assertEquals(url + " got " + bytes + " bytes\n", client.outAfter(0));
                List<String> hooks = client.err()
                        .lines()
                        .filter(line -> line.contains("handle_connect"))
                        .toList();
                assertEquals(1, hooks.size(), client::err);
            }
        }
    }

    @Test
    void untrustedCertificateIsReportedInOneLine() throws Exception {
        PemFiles files = PemFiles.make(folder, "localhost");
        try (Program server = server(files)) {
            String url = "https://127.0.0.1:" + portOf(server) + "/";
            try (Program client = Program.example("http-client", "--poller", poller, url)) {
                assertEquals("", client.outAfter(1));
                List<String> trouble = client.err()
                        .lines()
                        .filter(line -> line.startsWith("http-client: https"))
                        .toList();
                assertEquals(1, trouble.size(), client::err);
                assertTrue(trouble.get(0).contains("PKIX path building failed"), client::err);
            }
        }
    }
}
