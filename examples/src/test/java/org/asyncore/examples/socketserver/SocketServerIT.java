// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Jdks;
import org.asyncore.examples.support.Launch;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the server of Python's {@code socketserver} page in all of its modes, with Python as its clients. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class SocketServerIT {
    private final String poller;

    SocketServerIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    /** The client of Python's page, 30 times at the same time: all have connected before the first one sends. */
    private static final String CLIENTS = """
            import socket, sys
            clients = [socket.create_connection(("127.0.0.1", int(sys.argv[1])), 100) for i in range(30)]
            for i, sock in enumerate(clients):
                sock.sendall(bytes("  hello world, says %d\\n" % i, "utf-8"))
            for i, sock in reversed(list(enumerate(clients))):
                received = b""
                while data := sock.recv(1024):
                    received += data
                assert received == b"HELLO WORLD, SAYS %d" % i, received
            """;

    private static void assertServes(String port) throws Exception {
        try (Program python = Program.tool("python3", "-c", CLIENTS, port)) {
            assertEquals("", python.outAfter(0), python::err);
        }
    }

    private Program serve(String mode, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("socket-server", "--poller", poller, "--mode", mode));
        arguments.addAll(List.of(more));
        return Program.example(arguments.toArray(String[]::new));
    }

    private static void assertEndsOnSigterm(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactor", "threads"})
    void clientsAreServedAtTheSameTime(String mode) throws Exception {
        try (Program server = serve(mode)) {
            assertServes(server.port());
            assertEndsOnSigterm(server);
            assertEquals(2, server.err().lines().count(), server::err);
        }
    }

    @Test
    void clientsAreServedByVirtualThreads() throws Exception {
        int served = 0;
        for (Path jdk : Jdks.all()) {
            List<String> command = Launch.JAR.command(jdk, "socket-server", "--poller", poller, "--mode", "virtual");
            try (Program server = Program.command(command)) {
                String first = server.line();
                if (first == null) { // before Java 21
                    server.outAfter(1);
                    assertTrue(server.err().contains("virtual threads need Java 21 or later"), server::err);
                    assertEquals(1, server.err().lines().count(), server::err);
                } else {
                    assertServes(first.substring(first.lastIndexOf(':') + 1));
                    assertEndsOnSigterm(server);
                    served++;
                }
            }
        }
        Assumptions.assumeTrue(served > 0, "no JDK here has virtual threads");
    }

    @Test
    void clientThatSendsNothingReadsTheEndAfterSigterm() throws Exception {
        try (Program server = serve("threads", "--grace", "120");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()))) {
            silent.setSoTimeout(120_000);
            assertServes(String.valueOf(silent.getPort())); // the silent one was accepted before these
            server.terminate();
            assertEquals(-1, silent.getInputStream().read());
            assertEquals("", server.outAfter(0));
        }
    }

    // Processes.

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not spread connections")
    void processThatIsKilledIsReplacedAndAllEndOnSigterm() throws Exception {
        try (Program server = serve("processes", "--processes", "2")) {
            String port = server.port();
            assertServes(port);
            List<ProcessHandle> before = server.children();
            assertEquals(2, before.size());
            assertTrue(before.get(0).destroyForcibly());
            server.awaitErr("process " + before.get(0).pid() + " has ended with exit code 137; another one starts in");
            List<ProcessHandle> after = awaitListening(server, 3);
            assertTrue(after.contains(before.get(1)), after::toString);
            assertServes(port);
            assertEndsOnSigterm(server);
            awaitEnd(after);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not spread connections")
    void processesEndWhenTheirParentIsKilled() throws Exception {
        try (Program server = serve("processes", "--processes", "2")) {
            assertServes(server.port());
            List<ProcessHandle> children = server.children();
            assertEquals(2, children.size());
            server.kill();
            awaitEnd(children);
        }
    }

    /** Waits until this many processes have listened since the start. Returns the running ones. */
    private static List<ProcessHandle> awaitListening(Program server, int times) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (server.err()
                        .lines()
                        .filter(line -> line.contains("ServerRunner: serving on"))
                        .count()
                < times) {
            assertTrue(System.nanoTime() < end, server::err);
            LockSupport.parkNanos(10_000_000);
        }
        return server.children();
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(120, TimeUnit.SECONDS);
        }
    }

    @Test
    void processThatCannotListenIsOneMoreLine() throws Exception {
        try (Program server = serve("processes", "--processes", "1", "--spin", "-1")) {
            assertEquals("", server.outAfter(1));
            assertTrue(server.err().contains("a process has ended before it listened"), server::err);
        }
    }
}
