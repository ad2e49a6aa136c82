// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Ports;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.Tools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests servers that systemd starts: with a listening socket, and with a socket that gets their state. */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd runs on Linux only")
final class SystemdIT {
    @TempDir
    Path folder;

    // Socket activation.

    /** Starts a tool, which listens, and at the first connection becomes the server. */
    private static Program activated(String listen, List<String> server) throws IOException {
        ExamplePollers.assumeAvailable("epoll");
        List<String> command = new ArrayList<>(List.of("systemd-socket-activate", "-l", listen));
        command.addAll(server);
        return Program.tool(command.toArray(String[]::new));
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(Program.java());
        command.addAll(List.of(arguments));
        return command;
    }

    private static SocketChannel connect(SocketAddress address) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (true) {
            try {
                return SocketChannel.open(address);
            } catch (IOException e) { // the tool does not listen yet
                assertTrue(System.nanoTime() < end, e::toString);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static SocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void assertEchoes(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
        ByteBuffer echo = ByteBuffer.allocate(5);
        while (echo.hasRemaining()) {
            assertTrue(client.read(echo) > 0);
        }
        assertEquals("hello", new String(echo.array(), US_ASCII));
    }

    private static void assertEnds(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void clientThatConnectsBeforeTheServerRunsIsServed(String loops) throws Exception {
        int port = Ports.free();
        List<String> java = java("echo-server", "--poller", "epoll", "--loops", loops, "--reuse-port");
        try (Program server = activated("127.0.0.1:" + port, java);
                SocketChannel client = connect(local(port))) {
            assertEquals("127.0.0.1:" + port, server.address());
            assertEchoes(client);
            try (SocketChannel second = connect(client.getRemoteAddress())) {
                assertEchoes(second);
            }
            assertEnds(server);
        }
    }

    @Test
    void socketOfTheUnixDomainIsServedAndKeepsItsFile() throws Exception {
        Path path = folder.resolve("socket");
        List<String> java = java("echo-server", "--poller", "epoll");
        try (Program server = activated(path.toString(), java);
                SocketChannel client = connect(UnixDomainSocketAddress.of(path))) {
            assertEquals(path.toString(), server.address());
            assertEchoes(client);
            assertEnds(server);
            assertTrue(Files.exists(path));
        }
    }

    @Test
    void nioSaysWhichPollersCan() throws Exception {
        int port = Ports.free();
        try (Program server = activated("127.0.0.1:" + port, java("echo-server", "--poller", "nio"));
                SocketChannel client = connect(local(port))) {
            assertTrue(client.isConnected());
            assertEquals("", server.outAfter(1));
            assertTrue(
                    server.err().contains("echo-server: nio cannot open an inherited descriptor by its number; use"),
                    server::err);
        }
    }

    @Test
    void serverThatAShellStartsSaysWhyItDoesNotUseTheSocket() throws Exception {
        int port = Ports.free();
        String script = String.join(" ", java("echo-server", "--poller", "epoll")) + "; true";
        try (Program server = activated("127.0.0.1:" + port, List.of("sh", "-c", script));
                SocketChannel client = connect(local(port))) {
            assertTrue(client.isConnected());
            assertFalse(server.address().endsWith(":" + port));
            assertTrue(
                    server.err().contains("SystemdSocket: the sockets of LISTEN_FDS are for process " + server.pid()),
                    server::err);
            server.children().forEach(ProcessHandle::destroy);
            assertEquals("", server.outAfter(0));
        }
    }

    /** Holds a socket as systemd does, and starts a server for it again when it ends. */
    private static final String SUPERVISOR = """
            import os, socket, sys
            listener = socket.create_server(("127.0.0.1", 0))
            print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
            number = os.dup(listener.fileno())
            os.dup2(number, 3)
            for i in range(2):
                pid = os.fork()
                if pid == 0:
                    os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
                    os.execv(sys.argv[1], sys.argv[1:])
                os.waitpid(pid, 0)
            """;

    @Test
    void clientThatConnectsDuringARestartIsServedByTheNextProcess() throws Exception {
        ExamplePollers.assumeAvailable("epoll");
        List<String> command = new ArrayList<>(List.of("python3", "-c", SUPERVISOR));
        command.addAll(java("echo-server", "--poller", "epoll"));
        try (Program supervisor = Program.tool(command.toArray(String[]::new))) {
            SocketAddress address = local(Integer.parseInt(supervisor.port()));
            try (SocketChannel first = connect(address)) {
                assertEchoes(first);
                ProcessHandle server = supervisor.children().get(0);
                assertTrue(server.destroy());
                server.onExit().get(120, TimeUnit.SECONDS);
                try (SocketChannel second = SocketChannel.open(address)) { // the next process has not listened yet
                    assertEchoes(second);
                }
            }
            supervisor.children().forEach(ProcessHandle::destroy);
            supervisor.outAfter(0);
        }
    }

    @Test
    void unitFilesOfThePageAreRight() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        Matcher shown = Pattern.compile("`/etc/systemd/system/(.*)`:\n\n```ini\n([^`]*)```")
                .matcher(page);
        List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify"));
        while (shown.find()) {
            String unit = shown.group(2).replace("/usr/bin/java", Program.java().get(0));
            command.add(Files.writeString(folder.resolve(shown.group(1)), unit).toString());
        }
        assertEquals(4, command.size());
        Tools.require("systemd-analyze");
        try (Program analyze = Program.command(command)) {
            assertEquals("", analyze.outAfter(0));
            assertEquals("", analyze.err());
        }
    }

    // Notifications.

    /** Prints what it receives. */
    private static final String RECEIVER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print("bound", flush=True)
            while True:
                message = s.recv(1000).decode()
                if message != "BARRIER=1":
                    print(message, flush=True)
            """;

    @ParameterizedTest
    @MethodSource("org.asyncore.examples.support.ExamplePollers#names")
    void stateIsSentAfterListeningAndWhenTheShutdownBegins(String poller) throws Exception {
        ExamplePollers.assumeAvailable(poller);
        Tools.require("systemd-notify");
        String path = folder.resolve("notify").toString();
        try (Program receiver = Program.tool("python3", "-c", RECEIVER, path)) {
            assertEquals("bound", receiver.line());
            try (Program server =
                    Program.command(java("echo-server", "--poller", poller), Map.of("NOTIFY_SOCKET", path))) {
                assertEquals("READY=1", receiver.line());
                try (SocketChannel client = SocketChannel.open(local(Integer.parseInt(server.port())))) {
                    assertEchoes(client);
                }
                server.terminate();
                assertEquals("STOPPING=1", receiver.line());
                assertEquals("", server.outAfter(0));
                assertEquals(2, server.err().lines().count(), server::err);
            }
        }
    }

    @Test
    void notificationThatCannotBeSentIsOneWarning() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("NOTIFY_SOCKET", folder.resolve("missing").toString());
        environment.put("PATH", folder.toString());
        try (Program server = Program.command(java("echo-server"), environment)) {
            assertNotNull(server.address());
            server.awaitErr("SystemdNotify: systemd-notify READY=1 has failed: ");
            server.terminate();
            assertEquals("", server.outAfter(0));
        }
    }
}
