// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.TestCertificate;
import org.asyncore.examples.support.Tools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code tcp-proxy} with nc, socat and Python at both ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class TcpProxyIT {
    private final String poller;

    TcpProxyIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void halfClosedNetcatGetsItsBytesBackThroughProxy(String policy) throws Exception {
        byte[] text = "hello\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (Program echo = Program.example("echo-server", "--poller", poller);
                Program proxy = new ProxyTrial("--poller", poller, "--policy", policy).proxy(echo.port())) {
            try (Program nc =
                    Program.tool("nc", "-N", "127.0.0.1", proxy.port()).input(text)) {
                assertEquals(new String(text, StandardCharsets.US_ASCII), nc.outAfter(0));
            }
            ProxyTrial.assertEndsOnSigterm(proxy);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change", "tls"})
    void eachSideMayEndFirst(String variant) throws Exception {
        assertEquals(0, trial(variant).linesLoggedAfter(HALF_CLOSES));
    }

    private static final String HALF_CLOSES = """
            def say(s, data):
                s.sendall(data)
                end(s)
            def talk(speaker, listener):
                thread = threading.Thread(target=say, args=(speaker, b"x" * 5_000_000))
                thread.start()
                assert len(rest(listener)) == 5_000_000
                thread.join()
            for i in range(20):
                client, target = pair()
                first, second = (client, target) if i % 2 else (target, client)
                talk(first, second)
                talk(second, first)
            """;

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change", "tls"})
    void sideThatDoesNotReadStopsOnlyTheOtherSide(String variant) throws Exception {
        assertEquals(1, trial(variant).linesLoggedAfter(NEVER_READS));
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
                part(client2, target2)
                eager.settimeout(100)
                if turned:
                    assert part(eager, lazy) == sent
                else:
                    lazy.close() # with bytes unread: so this is a reset
                    assert is_reset(eager)
            """;

    /** If a reset arrived as an orderly end, a part of the bytes would look like all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change", "tls"})
    void resetOfOneSideResetsTheOther(String variant) throws Exception {
        assertEquals(100, trial(variant).linesLoggedAfter(RESETS));
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

    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "tls"})
    void bytesArriveOneByOneAsTheyWereSent(String variant) throws Exception {
        assertEquals(0, trial(variant).linesLoggedAfter(ONE_BY_ONE));
    }

    private static final String ONE_BY_ONE = """
            client, target = pair()
            for i in range(1000):
                client.sendall(bytes([i % 256]))
                assert target.recv(10) == bytes([i % 256])
            assert part(client, target) == 0
            """;

    @Test
    void descriptorsAreReleased() throws Exception {
        try (Program python = Program.tool("python3", "-c", ProxyTrial.PEERS + MANY)) {
            String java = String.join(" ", Program.java());
            String arguments = " tcp-proxy --policy on-change --poller " + poller + " --to 127.0.0.1:" + python.port();
            try (Program proxy = Program.tool("sh", "-c", "ulimit -n 100 && exec " + java + arguments)) {
                ProxyTrial.assertServes(proxy, python);
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
    void connectionRefusedByTheTargetIsLoggedInOneLine() throws Exception {
        String closedPort;
        try (Program python = Program.tool("python3", "-c", ProxyTrial.PEERS)) {
            closedPort = python.port();
        }
        try (Program proxy = new ProxyTrial("--poller", poller).proxy(closedPort)) {
            try (Program python = Program.tool("python3", "-c", REFUSED, proxy.port())) {
                assertEquals("done", python.outAfter(0).strip(), python::err);
            }
            ProxyTrial.assertEndsOnSigterm(proxy);
            List<String> lines = proxy.err().lines().toList();
            assertEquals(5, lines.size(), proxy::err);
            assertTrue(
                    lines.subList(1, 4).stream()
                            .allMatch(line -> line.contains(":" + closedPort) && line.contains("Connection refused")),
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

    private static final String SLOW_TARGET = """
            import time
            listener.listen(0)
            fill = [socket.socket() for _ in range(3)]
            for s in fill: # its queue is full: no more are accepted
                s.setblocking(False)
                s.connect_ex(listener.getsockname())
            client = socket.create_connection(proxy)
            client.settimeout(100)
            """;

    /** Also a client that has sent bytes before is noticed. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a full queue refuses")
    void clientThatIsLostWhileTheTargetConnectsIsNoticed(int bytes) throws Exception {
        assertCutOff("", "--connect-timeout", "1000", """
                client.sendall(b"x" * %d)
                time.sleep(0.5)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.close()
                time.sleep(100)
                """.formatted(bytes));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a full queue refuses")
    void connectingHasATimeLimit() throws Exception {
        assertCutOff(": no connection in 1 s", "--connect-timeout", "1", "time.sleep(100)");
    }

    @Test
    void passingNothingHasATimeLimit() throws Exception {
        assertEquals(2, new ProxyTrial("--poller", poller, "--idle", "2").linesLoggedAfter("""
                client, target = pair()
                end(client)
                assert rest(target) == b""
                silent, target2 = pair()
                assert is_reset(silent)
                assert is_reset(target2)
                assert is_reset(client)
                """));
    }

    private void assertCutOff(String reason, String option, String value, String conversation) throws Exception {
        try (Program python = Program.tool("python3", "-c", ProxyTrial.PEERS + SLOW_TARGET + conversation);
                Program proxy = new ProxyTrial("--poller", poller, option, value).proxy(python.port())) {
            python.input((proxy.port() + "\n").getBytes(StandardCharsets.US_ASCII));
            proxy.awaitErr("cutting off");
            ProxyTrial.assertEndsOnSigterm(proxy);
            assertTrue(proxy.err().contains(reason), proxy::err);
            assertEquals(3, proxy.err().lines().count(), proxy::err);
        }
    }

    /** The last number is more than the proxy keeps. The end of the stream arrives, too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000_000})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a full queue refuses")
    void bytesSentWhileTheTargetConnectsArrive(int bytes) throws Exception {
        assertEquals(0, new ProxyTrial("--poller", poller).linesLoggedAfter(SLOW_TARGET + """
                def send():
                    client.sendall(b"x" * %1$d)
                    client.shutdown(socket.SHUT_WR)
                thread = threading.Thread(target=send)
                thread.start()
                time.sleep(0.5)
                filled = [s.getsockname() for s in fill]
                for s in fill:
                    s.close()
                listener.settimeout(100)
                target = listener.accept()[0]
                while target.getpeername() in filled:
                    target = listener.accept()[0]
                target.settimeout(100)
                assert len(rest(target)) == %1$d
                target.sendall(b"back")
                target.close()
                assert rest(client) == b"back"
                thread.join()
                """.formatted(bytes)));
    }

    /**
     * Runs the proxy without a garbage collector, so that it must not allocate for each piece, nor keep unsent bytes
     * without limit.
     */
    @Test
    void gibibytePassesSlowReaderWithinSmallHeap() throws Exception {
        Tools.require("socat");
        try (Program python = Program.tool("python3", "-c", ProxyTrial.PEERS + GIBIBYTE)) {
            List<String> command = new ArrayList<>(Program.java());
            command.addAll(1, WITHOUT_COLLECTOR);
            command.addAll(List.of("tcp-proxy", "--poller", poller, "--to", "127.0.0.1:" + python.port()));
            try (Program proxy = Program.command(command)) {
                ProxyTrial.assertServes(proxy, python);
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

    private ProxyTrial trial(String variant) throws Exception {
        return switch (variant) {
            case "tls" -> ProxyTrial.overTls(TestCertificate.in(folder), "--poller", poller, "--policy", "on-change");
            default -> new ProxyTrial("--poller", poller, "--policy", variant);
        };
    }
}
