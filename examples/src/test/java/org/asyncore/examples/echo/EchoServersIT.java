// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the echo servers with nc, socat and Python as clients. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class EchoServersIT {
    private final String poller;

    EchoServersIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"asyncore,every-turn", "asyncore,on-change", "direct,every-turn", "direct,on-change"})
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void halfClosedNetcatGetsItsBytesBack(String style, String policy) throws Exception {
        try (Program server =
                Program.example("echo-server", "--poller", poller, "--style", style, "--policy", policy)) {
            String port = server.port();
            try (Program nc =
                    Program.tool("nc", "-N", "127.0.0.1", port).input("hello\n".getBytes(StandardCharsets.US_ASCII))) {
                assertEquals("hello\n", nc.outAfter(0));
            }
            assertEndsOnSigterm(server);
        }
    }

    /** The client sends all bytes before it reads any, more than sockets and buffers hold, and then half-closes. */
    @ParameterizedTest
    @CsvSource({"asyncore,every-turn", "asyncore,on-change", "direct,every-turn", "direct,on-change"})
    void slowReaderGetsAllBytesBack(String style, String policy) throws Exception {
        try (Program server =
                Program.example("echo-server", "--poller", poller, "--style", style, "--policy", policy)) {
            String port = server.port();
            try (Program python = Program.tool("python3", "-c", SLOW_READER, port)) {
                assertEquals("same", python.outAfter(0).strip(), python::err);
            }
            assertEndsOnSigterm(server);
        }
    }

    private static final String SLOW_READER = """
            import random, socket, sys, threading
            message = random.Random(1).randbytes(30_000_000)
            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
            s.settimeout(100)
            full = threading.Event()
            def send():
                view = memoryview(message)
                s.settimeout(1)
                while view:
                    try:
                        view = view[s.send(view):]
                    except TimeoutError:
                        full.set()
                s.shutdown(socket.SHUT_WR)
            t = threading.Thread(target=send)
            t.start()
            assert full.wait(100), "the server takes without limit"
            s2 = s.dup()
            s2.settimeout(100)
            back = bytearray()
            while True:
                data = s2.recv(65536)
                if not data:
                    break
                back += data
            t.join()
            print("same" if back == message else "not the same")
            """;

    @ParameterizedTest
    @ValueSource(strings = {"asyncore", "direct"})
    void socatGetsMegabytesBackOverUnixSocket(String style) throws Exception {
        Path path = folder.resolve("echo.sock");
        byte[] message = new byte[3_000_000];
        new Random(1).nextBytes(message);
        try (Program server =
                Program.example("unix-echo", "--poller", poller, "--style", style, "--path", path.toString())) {
            assertEquals(path.toString(), server.address());
            try (Program socat =
                    Program.tool("socat", "-t100", "-", "UNIX-CONNECT:" + path).input(message)) {
                assertEquals(new String(message, StandardCharsets.ISO_8859_1), socat.outAfter(0));
            }
            assertEndsOnSigterm(server);
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void staleSocketFileIsReplacedAndLiveOneIsNot() throws Exception {
        Path path = folder.resolve("echo.sock");
        try (Program first = Program.example("unix-echo", "--poller", poller, "--path", path.toString())) {
            first.address();
            try (Program second = Program.example("unix-echo", "--poller", poller, "--path", path.toString())) {
                assertEquals("", second.outAfter(1));
                assertEquals("unix-echo: address in use: " + path + "\n", second.err());
            }
            first.kill();
        }
        assertTrue(Files.exists(path));
        try (Program third = Program.example("unix-echo", "--poller", poller, "--path", path.toString())) {
            third.address();
            assertEndsOnSigterm(third);
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void datagramsComeBack() throws Exception {
        try (Program server = Program.example("udp-echo", "--poller", poller)) {
            String port = server.port();
            try (Program python = Program.tool("python3", "-c", DATAGRAMS, port)) {
                assertEquals("same", python.outAfter(0).strip(), python::err);
            }
            assertEndsOnSigterm(server);
        }
    }

    private static final String DATAGRAMS = """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.settimeout(100)
            s.connect(("127.0.0.1", int(sys.argv[1])))
            for size in (1, 0, 1400, 60000):
                s.send(b"x" * size)
                assert s.recv(65536) == b"x" * size
            print("same")
            """;

    @Test
    void serverStillServesAfterResets() throws Exception {
        try (Program server = Program.example("echo-server", "--poller", poller)) {
            String port = server.port();
            try (Program python = Program.tool("python3", "-c", RESETS, port)) {
                assertEquals("same", python.outAfter(0).strip(), python::err);
            }
            assertEndsOnSigterm(server);
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    private static final String RESETS = """
            import socket, struct, sys
            address = ("127.0.0.1", int(sys.argv[1]))
            for i in range(100):
                s = socket.create_connection(address)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                s.send(b"x" * (i * 100))
                s.close()
            s = socket.create_connection(address)
            s.settimeout(100)
            s.send(b"still there?")
            print("same" if s.recv(100) else "gone")
            """;

    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = "its nc cannot half-close")
    void clientIsServedOverIpv6() throws Exception {
        try (ServerSocket probe = new ServerSocket()) {
            assumeTrue(bindsTo(probe, "::1"), "this host has no IPv6");
        }
        try (Program server = Program.example("echo-server", "--poller", poller, "--host", "::1")) {
            String port = server.port();
            try (Program nc =
                    Program.tool("nc", "-N", "::1", port).input("six\n".getBytes(StandardCharsets.US_ASCII))) {
                assertEquals("six\n", nc.outAfter(0));
            }
            assertEndsOnSigterm(server);
        }
    }

    private static boolean bindsTo(ServerSocket socket, String host) {
        try {
            socket.bind(new InetSocketAddress(host, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the server with SIGTERM, and checks exit code 0 and that nothing more is on its standard output. */
    private static void assertEndsOnSigterm(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }
}
