// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.asyncore.examples.shared.Listener;
import org.asyncore.examples.support.TestCertificate;
import org.asyncore.tls.PemContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the code of docs/conversations.md. */
final class ConversationsGuideTest {
    private static final int TIMEOUT_MILLIS = 100_000;

    private final Loop loop = Loop.open("nio");
    private final Thread thread = new Thread(loop::run);

    /** Makes the server's end of the conversation. */
    private interface Service {
        ChatDispatcher serve(Loop loop, StreamChannel channel) throws IOException;
    }

    private Socket dial(Service service) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Listener listener = new Listener(loop, any, 100, service::serve);
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        thread.start();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    @AfterEach
    void close() throws InterruptedException {
        loop.stop();
        thread.join();
        loop.close();
    }

    @Test
    void linesComeBackInCapitals() throws Exception {
        try (Socket socket = dial(ConversationsGuide.Shouter::new)) {
            socket.getOutputStream().write("hello\r\nworld\r\nunfinished".getBytes(US_ASCII));
            socket.shutdownOutput();
            assertEquals("HELLO\r\nWORLD\r\n", rest(socket));
        }
    }

    @Test
    void blocksComeBackWithoutTheirLengths() throws Exception {
        try (Socket socket = dial(ConversationsGuide.Measured::new)) {
            socket.getOutputStream().write("5\r\nhello0\r\n4\r\n\r\n\r\n3\r\nend".getBytes(US_ASCII));
            assertEquals("hello\r\n\r\nend", new String(socket.getInputStream().readNBytes(12), US_ASCII));
        }
    }

    @Test
    void producerCountsDownToOne() throws Exception {
        Service service = (serverLoop, channel) -> {
            ConversationsGuide.Shouter server = new ConversationsGuide.Shouter(serverLoop, channel);
            server.pushWithProducer(new ConversationsGuide.Countdown(1000));
            server.closeWhenDone();
            return server;
        };
        try (Socket socket = dial(service)) {
            String all =
                    IntStream.range(0, 1000).mapToObj(i -> 1000 - i + "\r\n").collect(Collectors.joining());
            assertEquals(all, rest(socket));
        }
    }

    @Test
    void fileIsSentWhole(@TempDir Path folder) throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        Path path = Files.write(folder.resolve("file"), bytes);
        Service service = (serverLoop, channel) -> {
            ConversationsGuide.Shouter server = new ConversationsGuide.Shouter(serverLoop, channel);
            ConversationsGuide.sendFile(server, path);
            return server;
        };
        try (Socket socket = dial(service)) {
            assertArrayEquals(bytes, socket.getInputStream().readAllBytes());
        }
    }

    @Test
    void bytesInClearBehindStartTlsAreDropped(@TempDir Path folder) throws Exception {
        TestCertificate identity = TestCertificate.in(folder);
        SSLContext server = new PemContext()
                .identity(Path.of(identity.certificate()), Path.of(identity.key()))
                .build();
        SSLContext client =
                new PemContext().trust(Path.of(identity.certificate())).build();
        try (Socket socket =
                dial((serverLoop, channel) -> new ConversationsGuide.Upgrading(serverLoop, channel, server))) {
            socket.getOutputStream().write("I\r\nSTARTTLS\r\nsomebody else\r\n".getBytes(US_ASCII));
            assertEquals(
                    "in clear: I\r\nGO\r\n", new String(socket.getInputStream().readNBytes(17), US_ASCII));
            try (SSLSocket secure =
                    (SSLSocket) client.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true)) {
                secure.getOutputStream().write("I\r\n".getBytes(US_ASCII));
                BufferedReader lines = new BufferedReader(new InputStreamReader(secure.getInputStream(), US_ASCII));
                assertEquals("by TLS: I", lines.readLine());
            }
        }
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
}
