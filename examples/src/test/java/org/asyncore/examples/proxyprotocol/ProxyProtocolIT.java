// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.PemFiles;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.Tools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code http-server --proxy-protocol}, over TLS, with Python as the proxy. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class ProxyProtocolIT {
    private final String poller;

    @TempDir
    Path folder;

    ProxyProtocolIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    /** Sends a header and a bad request over TLS, then one without a header, then one as the proxy itself. */
    private static final String PROXY = """
            import socket, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[2])
            signature = b"\\r\\n\\r\\n\\0\\r\\nQUIT\\n"
            client = b"\\x21\\x11\\0\\x0c" + bytes([192, 0, 2, 7, 10, 0, 0, 1, 0x12, 0x67, 0, 80])
            def talk(header):
                s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
                s.settimeout(100)
                s.sendall(header)
                s = context.wrap_socket(s, server_hostname="localhost")
                s.sendall(b"GET / HTTP/9.9\\r\\n\\r\\n")
                answer = b""
                while data := s.recv(1000):
                    answer += data
                assert answer.startswith(b"HTTP/1.1 505 "), answer
            talk(signature + client)
            try:
                talk(b"")
                raise AssertionError("answered without a header")
            except OSError:
                pass
            talk(signature + b"\\x20\\0\\0\\0")
            """;

    @Test
    void logNamesTheClientOfTheProxyOverTls() throws Exception {
        PemFiles pem = PemFiles.make(folder, "localhost");
        String[] command = {
            "http-server",
            "--poller",
            poller,
            "--root",
            folder.toString(),
            "--proxy-protocol",
            "--cert",
            pem.certificate(),
            "--key",
            pem.key()
        };
        try (Program server = Program.example(command)) {
            try (Program python = Program.tool("python3", "-c", PROXY, server.port(), pem.certificate())) {
                assertEquals("", python.outAfter(0), python::err);
            }
            server.terminate();
            assertEquals("", server.outAfter(0));
            String[] lines = server.err().split("\n", -1);
            assertEquals(6, lines.length, server::err);
            assertTrue(lines[1].startsWith("HttpConnection: /192.0.2.7:4711: 505 "), server::err);
            assertTrue(
                    lines[2].matches("ProxyHeaderReader: /127\\.0\\.0\\.1:\\d+: closing: it sent no header .*"),
                    server::err);
            assertTrue(lines[3].matches("HttpConnection: /127\\.0\\.0\\.1:\\d+: 505 .*"), server::err);
        }
    }

    @Test
    void headerIsABadRequestWithoutTheOption() throws Exception {
        try (Program server = Program.example("http-server", "--poller", poller, "--root", folder.toString())) {
            String send = "printf '\\r\\n\\r\\n\\0\\r\\nQUIT\\n\\040\\0\\0\\0' | nc -N 127.0.0.1 " + server.port();
            Tools.require("nc");
            try (Program nc = Program.tool("sh", "-c", send)) {
                assertTrue(nc.outAfter(0).startsWith("HTTP/1.1 400 "));
            }
        }
    }
}
