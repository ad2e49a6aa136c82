// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests every server with a heap and direct memory of 64 MB each, and with 500 peers that read nothing. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class HostilePeersIT {
    private static final int PEERS = 500;
    private static final Duration SENDING = Duration.ofSeconds(5);
    private static final int DEADLINE_MILLIS = 60_000;

    private final String poller;

    HostilePeersIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.write(folder.resolve("large"), new byte[1_000_000]);
        Files.writeString(folder.resolve("small"), "small");
    }

    /** Starts a server with little memory, which ends at once if that is exhausted. */
    private Program small(String program, String... more) throws IOException {
        List<String> command = new ArrayList<>(Program.java());
        command.addAll(1, List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of(program, "--poller", poller));
        command.addAll(List.of(more));
        return Program.command(command);
    }

    private static InetSocketAddress local(Program server) throws Exception {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()));
    }

    private static void flood(SocketAddress address, String first, String... words) throws Exception {
        try (HostilePeers peers = new HostilePeers(address, PEERS, first, words)) {
            peers.send(SENDING);
        }
    }

    /** Sends a text as a well-behaved client, and returns the first bytes of the reply, this many at most. */
    private static String ask(SocketAddress address, String text, int bytes) throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            try (SocketChannel client = SocketChannel.open(address)) {
                client.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
                return new String(Channels.newInputStream(client).readNBytes(bytes), ISO_8859_1);
            }
        }
        try (Socket client = new Socket()) {
            client.connect(address, DEADLINE_MILLIS);
            return ask(client, text, bytes);
        }
    }

    private static String ask(Socket client, String text, int bytes) throws IOException {
        client.setSoTimeout(DEADLINE_MILLIS);
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
        return new String(client.getInputStream().readNBytes(bytes), ISO_8859_1);
    }

    private static void assertEnds(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertFalse(server.err().contains("Error"), server::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncore", "direct"})
    void echoServerStillServes(String style) throws Exception {
        try (Program server = small("echo-server", "--style", style)) {
            InetSocketAddress address = local(server);
            flood(address, "", "some words ");
            assertEquals("ping", ask(address, "ping", 4), server::err);
            assertEnds(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncore", "direct"})
    void unixEchoStillServes(String style) throws Exception {
        Path path = folder.resolve("socket");
        try (Program server = small("unix-echo", "--style", style, "--path", path.toString())) {
            server.address();
            flood(UnixDomainSocketAddress.of(path), "", "some words ");
            assertEquals("ping", ask(UnixDomainSocketAddress.of(path), "ping", 4), server::err);
            assertEnds(server);
        }
    }

    @Test
    void udpEchoStillServes() throws Exception {
        try (Program server = small("udp-echo")) {
            InetSocketAddress address = local(server);
            for (int i = 0; i < PEERS; i++) {
                try (DatagramSocket peer = new DatagramSocket()) {
                    for (int n = 0; n < 100; n++) {
                        peer.send(new DatagramPacket(new byte[10_000], 10_000, address));
                    }
                }
            }
            try (DatagramSocket client = new DatagramSocket()) {
                client.setSoTimeout(DEADLINE_MILLIS);
                client.send(new DatagramPacket(new byte[4], 4, address));
                DatagramPacket back = new DatagramPacket(new byte[100], 100);
                client.receive(back);
                assertEquals(4, back.getLength());
            }
            assertEnds(server);
        }
    }

    @Test
    void tlsEchoStillServes() throws Exception {
        TrustManager anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {anybody}, null);
        try (Program server = small("tls-echo")) {
            InetSocketAddress address = local(server);
            List<Socket> secure = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Socket peer = context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
                secure.add(peer);
                Thread sender = new Thread(() -> sendAll(peer));
                sender.setDaemon(true);
                sender.start();
            }
            flood(address, "", "some words ");
            for (Socket peer : secure) {
                ((javax.net.ssl.SSLSocket) peer).setSoLinger(true, 0);
                new Thread(() -> closeQuietly(peer)).start(); // close waits for the thread that writes
            }
            try (Socket client = context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
                assertEquals("ping", ask(client, "ping", 4), server::err);
            }
            assertEnds(server);
        }
    }

    private static void sendAll(Socket peer) {
        try {
            for (int i = 0; i < 100; i++) {
                peer.getOutputStream().write(new byte[65536]);
            }
        } catch (IOException e) {
            closeQuietly(peer); // the test has ended
        }
    }

    private static void closeQuietly(Socket peer) {
        try {
            peer.close();
        } catch (IOException e) {
            assertTrue(peer.isClosed(), e::toString);
        }
    }

    @Test
    void httpServerStillServes() throws Exception {
        try (Program server = small("http-server", "--root", folder.toString())) {
            InetSocketAddress address = local(server);
            flood(
                    address,
                    "",
                    "GET /none HTTP/1.1\r\nHost:\r\n\r\n",
                    "GET /large HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /large HTTP/1.1\r\nHost: x\r\nRange: bytes=-40000\r\n\r\n",
                    "GET /small HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(8000) + "\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n0123456789");
            String request = "GET /small HTTP/1.0\r\n\r\n";
            assertTrue(ask(address, request, 1000).endsWith("\r\n\r\nsmall"), server::err);
            assertEnds(server);
        }
    }

    @Test
    void smtpServerStillServes() throws Exception {
        Path maildir = folder.resolve("mail");
        try (Program server = small("smtp-server", "--maildir", maildir.toString())) {
            InetSocketAddress address = local(server);
            String mail = "MAIL FROM:<>\r\n" + "RCPT TO:<a@b>\r\n".repeat(100) + "DATA\r\n";
            flood(
                    address,
                    "EHLO x\r\n",
                    "NOOP\r\n",
                    "EHLO x\r\n",
                    "HELP\r\n",
                    mail + "x\r\n.\r\n" + "RSET\r\n".repeat(1000),
                    mail + "a line of text\r\n".repeat(10_000));
            String replies = ask(address, "NOOP\r\nQUIT\r\n", 1000);
            assertTrue(replies.endsWith("250 2.0.0 OK\r\n221 2.0.0 Bye\r\n"), replies);
            assertEnds(server);
        }
    }

    @Test
    void chatServerStillServes() throws Exception {
        try (Program server = small("chat-server", "--patience", "2")) {
            InetSocketAddress address = local(server);
            flood(address, "peer%d\n", "\n", "x\n", "x".repeat(900) + "\n", "y".repeat(1200) + "\n");
            assertEquals("* What is your name?\r\n", ask(address, "", 22), server::err);
            assertEnds(server);
        }
    }

    @Test
    void tcpProxyStillServes() throws Exception {
        try (Program echo = Program.example("echo-server");
                Program server = small("tcp-proxy", "--to", "127.0.0.1:" + echo.port())) {
            InetSocketAddress address = local(server);
            flood(address, "", "some words ");
            assertEquals("ping", ask(address, "ping", 4), server::err);
            assertEnds(server);
        }
    }

    /**
     * Clients beyond the limit are served when others have gone. When the limit is reached again, that is logged again.
     */
    @ParameterizedTest
    @ValueSource(strings = {"every-turn", "on-change"})
    void limitIsLoggedOnceWhileItLasts(String policy) throws Exception {
        try (Program server = small("echo-server", "--max-connections", "8", "--policy", policy)) {
            InetSocketAddress address = local(server);
            for (int spell = 1; spell <= 2; spell++) {
                try (HostilePeers peers = new HostilePeers(address, 24, "", "some words ")) {
                    peers.send(SENDING);
                    server.awaitErr("the limit (--max-connections)");
                }
                assertEquals("ping", ask(address, "ping", 4), server::err);
                Thread.sleep(2000); // below the limit, which ends the spell
                long lines = server.err()
                        .lines()
                        .filter(line -> line.contains("the limit (--max"))
                        .count();
                assertEquals(spell, lines, server::err);
            }
            assertEnds(server);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo-server",
                "udp-echo",
                "unix-echo",
                "tls-echo",
                "http-server",
                "smtp-server",
                "chat-server",
                "tcp-proxy",
                "socket-server"
            })
    void helpSaysHowMuchAConnectionKeeps(String program) throws Exception {
        try (Program help = Program.example(program, "--help")) {
            String text = help.outAfter(0);
            assertTrue(text.contains("Keeps "), text);
            assertEquals(!program.equals("udp-echo"), text.contains("--max-connections"), text);
        }
    }
}
