// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code http-server} with clients that misbehave, beside one that does not. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class HttpBadPeersIT {
    private final String poller;

    HttpBadPeersIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void files() throws Exception {
        root = Files.createDirectories(folder.resolve("root"));
        Files.writeString(root.resolve("small"), "small");
        Files.write(root.resolve("large"), new byte[1_000_000]);
    }

    private List<String> arguments(String... more) {
        List<String> args = new ArrayList<>(List.of("http-server", "--poller", poller, "--root", root.toString()));
        args.addAll(List.of(more));
        return args;
    }

    private Program serve(String... more) throws Exception {
        return Program.example(arguments(more).toArray(String[]::new));
    }

    /** Runs a Python client beside a well-behaved one. It prints {@code content} if nothing is wrong. */
    private static void assertSucceeds(String client, Program server) throws Exception {
        try (Program python = Program.tool("python3", "-c", BYSTANDER + client, server.port())) {
            assertEquals("content\n", python.outAfter(0), python::err);
        }
    }

    private static final String BYSTANDER = """
            import select, socket, sys
            address = ("127.0.0.1", int(sys.argv[1]))
            def connect():
                s = socket.create_connection(address)
                s.settimeout(100)
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return s
            def rest(s):
                data = b""
                try:
                    while True:
                        more = s.recv(65536)
                        if not more:
                            return data
                        data += more
                except ConnectionResetError:
                    return data
            bystander = connect()
            def check():
                bystander.sendall(b"GET /small HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
                data = b""
                while not data.endswith(b"\\r\\n\\r\\nsmall"):
                    more = bystander.recv(65536)
                    assert more, data
                    data += more
            check()
            """;

    @Test
    void eachMistakeIsAnsweredAndLoggedInOneLine() throws Exception {
        try (Program server = serve()) {
            assertSucceeds(MISTAKES, server);
            HttpServerIT.assertEndsOnSigterm(server);
            HttpServerIT.assertOneLineForEach(14, server);
        }
    }

    private static final String MISTAKES = """
            get = b"GET /small HTTP/1.1\\r\\n"
            host = get + b"Host: x\\r\\n"
            for data, status in (
                    (b"GET /small\\r\\n", 400),
                    (b"\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03" + bytes(range(256)), 400),
                    (b"\\xff" * 100 + b"\\r\\n", 400),
                    (get + b"\\r\\n", 400),
                    (host + b"Host: y\\r\\n\\r\\n", 400),
                    (host + b"A : b\\r\\n\\r\\n", 400),
                    (host + b"A: b\\r\\n c\\r\\n\\r\\n", 400),
                    (host + b"Content-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\nab", 400),
                    (host + b"Content-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n", 400),
                    (b"GET /" + b"a" * 1_000_000, 414),
                    (host + b"A: " + b"b" * 1_000_000, 431),
                    (host + b"A: b\\r\\n" * 100_000, 431),
                    (host + b"Content-Length: 5000000\\r\\n\\r\\n" + b"c" * 5_000_000, 413),
                    (b"GET / HTTP/2.0\\r\\n", 505)):
                s = connect()
                try:
                    s.sendall(data)
                except (ConnectionResetError, BrokenPipeError):
                    pass
                answer = rest(s)
                assert answer.startswith(b"HTTP/1.1 %d " % status), (data[:100], answer)
                assert b"\\r\\nConnection: close\\r\\n" in answer, answer
                check()
            print("content")
            """;

    @Test
    void slowOrSilentClientGets408AndIsClosed() throws Exception {
        try (Program server = serve("--idle", "3")) {
            assertSucceeds(SLOW, server);
            HttpServerIT.assertEndsOnSigterm(server);
            HttpServerIT.assertOneLineForEach(3, server);
        }
    }

    private static final String SLOW = """
            silent = connect()
            half = connect()
            half.sendall(b"GET /small HTTP/1.1\\r\\nHost")
            slow = connect()
            slow.settimeout(0.2)
            answer = b""
            for byte in b"GET /small HTTP/1.1\\r\\n" + b"a" * 500:
                slow.send(bytes([byte]))
                try:
                    answer = slow.recv(100)
                    break
                except TimeoutError:
                    pass
            assert answer.startswith(b"HTTP/1.1 408 "), answer
            assert rest(silent).startswith(b"HTTP/1.1 408 ")
            assert rest(half).startswith(b"HTTP/1.1 408 ")
            assert rest(bystander) == b"", "between two requests the server sends nothing"
            print("content")
            """;

    /** It requests ten thousand times the heap at once. */
    @Test
    void clientThatNeverReadsCostsNoMemory() throws Exception {
        List<String> command = new ArrayList<>(Program.java());
        command.add(1, "-Xmx24m");
        command.addAll(arguments("--idle", "5"));
        try (Program server = Program.command(command)) {
            assertSucceeds(NEVER_READS, server);
            HttpServerIT.assertEndsOnSigterm(server);
            HttpServerIT.assertOneLineForEach(0, server);
        }
    }

    private static final String NEVER_READS = """
            requests = b"GET /large HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n" * 200_000
            greedy = []
            for i in range(10):
                s = connect()
                greedy.append(s)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
                s.settimeout(0.2)
                try:
                    s.sendall(requests)
                    assert False, "the server takes without limit"
                except TimeoutError:
                    pass
                check()
            for s in greedy:
                ending = select.poll()
                ending.register(s, 0)
                assert ending.poll(100_000), "the server waits without limit"
            bystander = connect()
            check()
            print("content")
            """;

    @Test
    void plainHttpToTheTlsPortIsClosed() throws Exception {
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("certificate.pem");
        HttpServerIT.certify(key, certificate);
        try (Program server = serve("--cert", certificate.toString(), "--key", key.toString(), "--idle", "5")) {
            String port = server.port();
            try (Program python = Program.tool("python3", "-c", PLAIN, port, certificate.toString())) {
                assertEquals("content\n", python.outAfter(0), python::err);
            }
            HttpServerIT.assertEndsOnSigterm(server);
            HttpServerIT.assertOneLineForEach(3, server);
        }
    }

    private static final String PLAIN = """
            import socket, ssl, sys
            address = ("127.0.0.1", int(sys.argv[1]))
            context = ssl.create_default_context(cafile=sys.argv[2])
            def get(s):
                s.sendall(b"GET /small HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
                data = b""
                while not data.endswith(b"\\r\\n\\r\\nsmall"):
                    more = s.recv(65536)
                    assert more, data
                    data += more
            def connect():
                s = socket.create_connection(address)
                s.settimeout(100)
                return s
            bystander = context.wrap_socket(connect(), server_hostname="localhost")
            get(bystander)
            def is_closed(s):
                answer = b"x"
                try:
                    while answer:
                        answer = s.recv(1000)
                        assert not answer.startswith(b"HTTP"), answer
                except ConnectionResetError:
                    pass
            silent = connect()
            for data in b"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n", b"\\x16\\x03\\x01\\x00\\x05garba":
                s = connect()
                s.sendall(data)
                is_closed(s)
                get(bystander)
            is_closed(silent)
            print("content")
            """;
}
