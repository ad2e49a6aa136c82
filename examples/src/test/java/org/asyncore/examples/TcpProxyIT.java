// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tcp-proxy, with nc, socat and Python at both ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.ExamplePollers#names")
final class TcpProxyIT {
    private final String poller;

    TcpProxyIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void whatNetcatSendsComesBackThroughProxyThoughItHalfCloses(String policy) throws Exception {
        byte[] text = "hello\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (Program echo = Program.example("echo-server", "--poller", poller);
                Program proxy = proxy("127.0.0.1:" + echo.port(), "--policy", policy)) {
            try (Program nc =
                    Program.tool("nc", "-N", "127.0.0.1", proxy.port()).input(text)) {
                assertEquals(new String(text, StandardCharsets.US_ASCII), nc.outAfter(0));
            }
            assertEndsWhenTold(proxy);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void eachSideMayEndFirst(String policy) throws Exception {
        assertEquals(0, troubleAfter(HALF_CLOSES, policy));
    }

    private static final String HALF_CLOSES = """
            def say(s, data):
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
            def talk(first, second):
                threading.Thread(target=say, args=(first, b"x" * 5_000_000)).start()
                assert len(rest(second)) == 5_000_000
                threading.Thread(target=say, args=(second, b"y" * 5_000_000)).start()
                assert len(rest(first)) == 5_000_000
            for i in range(20):
                client, target = pair()
                talk(*((client, target) if i % 2 else (target, client)))
            """;

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void sideThatDoesNotReadStopsTheOtherAndNobodyElse(String policy) throws Exception {
        assertEquals(1, troubleAfter(NEVER_READS, policy));
    }

    private static final String NEVER_READS = """
            for turned in False, True:
                client, target = pair()
                lazy, eager = (target, client) if turned else (client, target)
                eager.settimeout(1)
                sent = 0
                try:
                    while sent < 100_000_000:
                        sent += eager.send(b"x" * 65536)
                    sys.exit("the proxy takes without limit")
                except TimeoutError:
                    pass
                client2, target2 = pair()
                for i in range(100):
                    client2.sendall(b"ping")
                    assert target2.recv(4) == b"ping"
                    target2.sendall(b"pong")
                    assert client2.recv(4) == b"pong"
                eager.settimeout(100)
                if turned:
                    eager.shutdown(socket.SHUT_WR)
                    assert len(rest(lazy)) == sent
                else:
                    lazy.close() # with bytes unread: so this is a reset
                    assert is_reset(eager)
            """;

    /** A reset that arrives as an end would make what was sent before it look whole. */
    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void resetOfOneSideResetsTheOther(String policy) throws Exception {
        assertEquals(100, troubleAfter(RESETS, policy));
    }

    private static final String RESETS = """
            for i in range(100):
                client, target = pair()
                one, other = (client, target) if i % 2 else (target, client)
                one.sendall(b"x" * 100)
                assert other.recv(100)
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.close()
                assert is_reset(other)
            """;

    @Test
    void bytesArriveOneByOneAsTheyWereSent() throws Exception {
        assertEquals(0, troubleAfter(ONE_BY_ONE, "every-turn"));
    }

    private static final String ONE_BY_ONE = """
            client, target = pair()
            for i in range(1000):
                client.sendall(bytes([i % 256]))
                assert target.recv(10) == bytes([i % 256])
            """;

    @Test
    void descriptorsAreGivenBack() throws Exception {
        try (Program python = Program.tool("python3", "-c", PEERS + MANY)) {
            String java = String.join(" ", Program.java());
            String arguments = " tcp-proxy --poller " + poller + " --to 127.0.0.1:" + python.port();
            try (Program proxy = Program.tool("sh", "-c", "ulimit -n 100 && exec " + java + arguments)) {
                assertServes(proxy, python);
            }
        }
    }

    private static final String MANY = """
            for i in range(200):
                client, target = pair()
                if i % 4 == 0:
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if i % 2:
                    target.shutdown(socket.SHUT_WR)
                    assert rest(client) == b""
                client.close()
                try:
                    rest(target)
                except ConnectionResetError:
                    pass
                target.close()
            """;

    @Test
    void refusedTargetCostsTheClientOneLineEach() throws Exception {
        String nobody;
        try (Program python = Program.tool("python3", "-c", PEERS)) {
            nobody = "127.0.0.1:" + python.port();
        }
        try (Program proxy = proxy(nobody)) {
            try (Program python = Program.tool("python3", "-c", REFUSED, proxy.port())) {
                assertEquals("done", python.outAfter(0).strip(), python::err);
            }
            assertEndsWhenTold(proxy);
            List<String> lines = proxy.err().lines().toList();
            assertEquals(5, lines.size(), proxy::err);
            assertTrue(
                    lines.subList(1, 4).stream()
                            .allMatch(line -> line.contains(nobody) && line.contains("Connection refused")),
                    proxy::err);
        }
    }

    private static final String REFUSED = """
            import socket, sys
            for i in range(3):
                s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
                s.settimeout(100)
                try:
                    assert s.recv(1) == b""
                except ConnectionResetError:
                    pass
            print("done")
            """;

    /** Nothing is collected that the proxy allocates: so it cannot allocate for each piece, nor keep what it has not sent. */
    @Test
    void gibibytePassesSlowReaderWithinSmallHeap() throws Exception {
        Tools.require("socat");
        try (Program python = Program.tool("python3", "-c", PEERS + GIBIBYTE)) {
            List<String> command = new ArrayList<>(Program.java());
            command.addAll(1, WITHOUT_COLLECTOR);
            command.addAll(List.of("tcp-proxy", "--poller", poller, "--to", "127.0.0.1:" + python.port()));
            try (Program proxy = Program.command(command)) {
                assertServes(proxy, python);
            }
        }
    }

    private static final List<String> WITHOUT_COLLECTOR =
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx32m", "-Xlog:disable");

    private static final String GIBIBYTE = """
            import hashlib, os, subprocess, time
            BLOCK, BLOCKS = os.urandom(1 << 20), 1024
            socat = subprocess.Popen(["socat", "-u", "-b", "65536", "-", "TCP:%s:%d" % proxy], stdin=subprocess.PIPE)
            reader, blocks, sent = listener.accept()[0], 0, hashlib.blake2b()
            reader.settimeout(100)
            def send():
                global blocks
                for i in range(BLOCKS):
                    block = i.to_bytes(8, "big") + BLOCK
                    sent.update(block)
                    socat.stdin.write(block)
                    blocks += 1
                socat.stdin.close()
            sender = threading.Thread(target=send, daemon=True)
            sender.start()
            received = hashlib.blake2b()
            def read(n):
                while n > 0:
                    data = reader.recv(min(n, 1 << 18))
                    if not data:
                        return
                    received.update(data)
                    n -= len(data)
            read(100 << 20)
            seen = None
            while blocks != seen: # until the sender is stopped, too
                seen = blocks
                time.sleep(1)
            assert blocks < 300, "the proxy takes without limit"
            read(BLOCKS * (len(BLOCK) + 8))
            assert reader.recv(1) == b""
            sender.join()
            assert socat.wait() == 0
            assert received.digest() == sent.digest()
            """;

    // What all of them do.

    private static final String PEERS = """
            import socket, struct, sys, threading
            listener = socket.create_server(("127.0.0.1", 0))
            print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
            proxy = ("127.0.0.1", int(sys.stdin.readline()))
            def pair():
                client = socket.create_connection(proxy)
                target = listener.accept()[0]
                client.settimeout(100)
                target.settimeout(100)
                return client, target
            def rest(s):
                data = bytearray()
                while piece := s.recv(65536):
                    data += piece
                return data
            def is_reset(s):
                try:
                    while s.recv(65536):
                        pass
                    return False
                except ConnectionResetError:
                    return True
            """;

    /** How many lines the proxy had to say of it. */
    private int troubleAfter(String conversation, String policy) throws Exception {
        try (Program python = Program.tool("python3", "-c", PEERS + conversation);
                Program proxy = proxy("127.0.0.1:" + python.port(), "--policy", policy)) {
            assertServes(proxy, python);
            return (int) proxy.err().lines().count() - 2;
        }
    }

    private Program proxy(String to, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("tcp-proxy", "--poller", poller, "--to", to));
        arguments.addAll(List.of(options));
        return Program.example(arguments.toArray(String[]::new));
    }

    private static void assertServes(Program proxy, Program python) throws Exception {
        python.input((proxy.port() + "\n").getBytes(StandardCharsets.US_ASCII));
        assertEquals("", python.outAfter(0), () -> python.err() + proxy.err());
        assertEndsWhenTold(proxy);
    }

    private static void assertEndsWhenTold(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }
}
