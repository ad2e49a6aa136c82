// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.examples.support.Ports;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.Tools;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests the configuration and the steps of {@code docs/operations.md} with HAProxy and two servers, under wrk's load. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
final class HaproxyIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Pattern CONFIGURATION = Pattern.compile("```haproxy\n(.*?)```", Pattern.DOTALL);
    private static final int CURRENT = 4; // scur in a line of show stat
    private static final int TOTAL = 7; // stot
    private static final int RETRIES = 15; // wretr
    private static final int REDISPATCHES = 16; // wredis
    private static final int STATUS = 17;

    @TempDir
    Path folder;

    private String page = "";
    private Path api = Path.of("");
    private final int port = Ports.free();
    private final int[] serverPorts = {Ports.free(), Ports.free()};

    @BeforeEach
    void configure() throws IOException {
        Tools.require("haproxy");
        Tools.require("wrk");
        page = Files.readString(Path.of("..", "docs", "operations.md")).replace("\r\n", "\n");
        api = folder.resolve("admin.sock");
        Files.writeString(folder.resolve("index.html"), "0123456789".repeat(100));
        Files.writeString(folder.resolve("haproxy.cfg"), configuration());
    }

    /** Returns the page's configuration with the addresses of this test. */
    private String configuration() {
        Matcher shown = CONFIGURATION.matcher(page);
        assertTrue(shown.find());
        return shown.group(1)
                .replace("/run/haproxy/admin.sock", api.toString())
                .replace(":8000", "127.0.0.1:" + port)
                .replace("10.0.0.1:8080", "127.0.0.1:" + serverPorts[0])
                .replace("10.0.0.2:8080", "127.0.0.1:" + serverPorts[1]);
    }

    private Program serve(int number) throws IOException {
        String port = String.valueOf(serverPorts[number]);
        return Program.example(
                "http-server", "--port", port, "--root", folder.toString(), "--proxy-protocol", "--grace", "30");
    }

    // The runtime API.

    /** Sends a command, which the page shows. */
    private String command(String command) throws IOException {
        assertTrue(page.contains(command), command);
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(api))) {
            socket.write(ByteBuffer.wrap((command + "\n").getBytes(US_ASCII)));
            return new String(Channels.newInputStream(socket).readAllBytes(), US_ASCII);
        }
    }

    private String field(String server, int field) throws IOException {
        String answer = command("show stat http_servers -1 -1");
        String line = answer.lines()
                .filter(l -> l.startsWith("http_servers," + server + ","))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer));
        return line.split(",", -1)[field];
    }

    private int number(String server, int field) throws IOException {
        return Integer.parseInt(field(server, field));
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.isMet()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Waits until a server answers health checks, and gets requests. */
    private void awaitServing(String server) throws IOException {
        await(server + " is not up", () -> field(server, STATUS).equals("UP"));
        int before = number(server, TOTAL);
        await(server + " gets no requests", () -> number(server, TOTAL) > before);
    }

    // The clients.

    /** Sends a request that a server refuses. Returns the address of this client. */
    private String refused() throws IOException {
        try (Socket client = new Socket(LOOPBACK, port)) {
            client.setSoTimeout(120_000);
            client.getOutputStream()
                    .write("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n".getBytes(US_ASCII));
            byte[] answer = new byte[12];
            client.getInputStream().readNBytes(answer, 0, answer.length);
            assertEquals("HTTP/1.1 413", new String(answer, US_ASCII));
            return client.getLocalSocketAddress().toString();
        }
    }

    private void awaitListening() throws IOException {
        await("HAProxy does not listen", () -> {
            try (Socket client = new Socket(LOOPBACK, port)) {
                return client.isConnected();
            } catch (ConnectException e) {
                return false;
            }
        });
    }

    private static void interrupt(Program program) throws Exception {
        try (Program kill = Program.tool("sh", "-c", "kill -INT " + program.pid())) {
            kill.outAfter(0);
        }
    }

    /** Checks wrk's report. It has a line for failed requests only if there is one. */
    private static void assertNoneFailed(String report) {
        assertTrue(Pattern.compile("\\d+ requests in ").matcher(report).find(), report);
        assertFalse(report.contains("Socket errors"), report);
        assertFalse(report.contains("Non-2xx"), report);
    }

    private static void assertEnded(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }

    @Test
    void serversAreReplacedUnderLoadWithoutAFailedRequest() throws Exception {
        try (Program one = serve(0);
                Program two = serve(1)) {
            one.address();
            two.address();
            String configuration = folder.resolve("haproxy.cfg").toString();
            try (Program haproxy = Program.tool("haproxy", "-db", "-f", configuration)) {
                awaitListening();
                String client = refused();
                assertTrue((one.err() + two.err()).contains("HttpConnection: " + client + ": 413 "), one::err);
                replaceBoth(one, two);
                haproxy.kill();
            }
        }
    }

    /** Replaces one server by the steps of the page, and the other by SIGTERM alone. */
    private void replaceBoth(Program one, Program two) throws Exception {
        try (Program wrk = Program.tool("wrk", "-t1", "-c8", "-d100", "http://127.0.0.1:" + port + "/index.html")) {
            awaitServing("one");
            awaitServing("two");
            command("set server http_servers/one state drain");
            await("a request is under way", () -> number("one", CURRENT) == 0);
            assertEnded(one);
            try (Program newOne = serve(0)) {
                newOne.address();
                command("set server http_servers/one state ready");
                awaitServing("one");
                assertEquals(0, number("one", RETRIES) + number("one", REDISPATCHES));
                assertEnded(two);
                try (Program newTwo = serve(1)) {
                    newTwo.address();
                    awaitServing("two");
                    interrupt(wrk);
                    assertNoneFailed(wrk.outAfter(0));
                    assertOnlyLinesOfClients(List.of(one, two, newOne, newTwo));
                }
            }
        }
    }

    /** Checks that health checks, and connections that were closed, have left no line in a log. */
    private static void assertOnlyLinesOfClients(List<Program> servers) {
        for (Program server : servers) {
            assertTrue(
                    server.err()
                            .lines()
                            .allMatch(line -> line.matches("ServerRunner: (serving on .*|closed)|.*: 413 .*")),
                    server::err);
        }
    }
}
