// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers let their clients finish when they are ended by SIGTERM. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
final class ShutdownIT {
    private static final long DOWNLOAD_BYTES = 300_000_000;

    private final String poller;

    @TempDir
    Path folder;

    ShutdownIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    private Program serve(String program, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(program, "--poller", poller));
        arguments.addAll(List.of(more));
        return Program.example(arguments.toArray(String[]::new));
    }

    /** Connects some clients. */
    private static Socket[] connect(Program server, int clients) throws Exception {
        int port = Integer.parseInt(server.port());
        Socket[] connected = new Socket[clients];
        for (int i = 0; i < clients; i++) {
            connected[i] = new Socket(InetAddress.getLoopbackAddress(), port);
            connected[i].setSoTimeout(120_000);
        }
        return connected;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static BufferedReader lines(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    }

    private static String next(BufferedReader lines) throws IOException {
        return Objects.requireNonNull(lines.readLine(), "the end of the stream");
    }

    private static void assertEnded(Program server) throws Exception {
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void downloadUnderWayIsSentWholeAfterSigterm(String loops) throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            file.setLength(DOWNLOAD_BYTES);
        }
        String root = folder.toString();
        try (Program server = serve("http-server", "--root", root, "--grace", "120", "--loops", loops)) {
            Socket[] clients = connect(server, 2);
            Socket client = clients[0];
            Socket idle = clients[1];
            send(client, "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
            InputStream in = client.getInputStream();
            assertEquals('H', in.read());
            server.terminate();
            assertEquals(-1, idle.getInputStream().read());
            long received = 1;
            byte[] block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                received += n;
            }
            assertTrue(received > DOWNLOAD_BYTES, received + " bytes were received");
            client.close();
            assertEnded(server);
        }
    }

    @Test
    void mailThatHasBegunIsStoredAndTheNextIsRefusedAfterSigterm() throws Exception {
        Path maildir = folder.resolve("mails");
        try (Program server = serve("smtp-server", "--maildir", maildir.toString(), "--grace", "120")) {
            Socket[] clients = connect(server, 2);
            Socket client = clients[0];
            Socket idle = clients[1];
            BufferedReader replies = lines(client);
            BufferedReader repliesToIdle = lines(idle);
            assertEquals("220 localhost ESMTP", replies.readLine());
            assertEquals("220 localhost ESMTP", repliesToIdle.readLine());
            send(client, "HELO me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n");
            for (int i = 0; i < 3; i++) {
                assertTrue(next(replies).startsWith("250 "));
            }
            assertTrue(next(replies).startsWith("354 "));
            server.terminate();
            assertEquals("421 4.3.2 Shutting down", repliesToIdle.readLine());
            send(client, "Subject: the last\r\n\r\ntext\r\n.\r\n");
            assertTrue(next(replies).startsWith("250 "));
            assertEquals("421 4.3.2 Shutting down", replies.readLine());
            client.close();
            idle.close();
            assertEnded(server);
            try (var mails = Files.list(maildir.resolve("new"))) {
                assertEquals(1, mails.count());
            }
        }
    }

    @Test
    void memberOfAChatRoomIsToldOfTheEnd() throws Exception {
        try (Program server = serve("chat-server")) {
            Socket client = connect(server, 1)[0];
            BufferedReader lines = lines(client);
            assertEquals("* What is your name?", lines.readLine());
            server.terminate();
            assertEquals("* The server is shutting down", lines.readLine());
            assertNull(lines.readLine());
            assertEnded(server);
        }
    }

    @Test
    void connectionThatDoesNotEndIsClosedAfterTheTimeOfGrace() throws Exception {
        try (Program target = serve("echo-server");
                Program proxy = serve("tcp-proxy", "--to", target.address(), "--grace", "1")) {
            Socket client = connect(proxy, 1)[0];
            send(client, "x");
            assertEquals('x', client.getInputStream().read());
            proxy.terminate();
            assertEquals(-1, client.getInputStream().read());
            assertEquals("", proxy.outAfter(0));
            assertTrue(proxy.err().contains("have not ended PT1S after the shutdown began"), proxy::err);
            assertFalse(proxy.err().contains("\tat "), proxy::err);
        }
    }
}
