// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.asyncore.Loop;
import org.asyncore.examples.shared.Listener;
import org.slf4j.LoggerFactory;

/** Runs a server and its clients in one thread, so that each piece that a client sends is read before the next one. */
final class HttpPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Loop loop = Loop.open("nio");
    private final Listener server;
    private final Logger log = (Logger) LoggerFactory.getLogger(HttpConnection.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

    HttpPeer(Path root, Duration idle) throws IOException {
        HttpSite site = new HttpSite(new WebRoot(root), new HttpDates(), idle, null);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new Listener(loop, any, 100, (l, channel) -> HttpConnection.serve(l, channel, site));
        lines.start();
        log.addAppender(lines);
        log.setAdditive(false);
    }

    /** Sends these pieces. Returns the bytes that come back until the server closes, without the dates. */
    String talk(Iterable<byte[]> pieces) throws IOException {
        try (SocketChannel client = SocketChannel.open(Objects.requireNonNull(server.localAddress()))) {
            loop.run(PATIENCE, 1);
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true); // otherwise pieces are joined again
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            boolean open = true;
            for (byte[] piece : pieces) {
                open = open && send(client, piece) && receive(client, answers);
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (open) {
                assertTrue(System.nanoTime() < deadline, () -> "no end after " + answers.toString(ISO_8859_1));
                loop.run(Duration.ofMillis(1), 1);
                open = receive(client, answers);
            }
            return answers.toString(ISO_8859_1).replaceAll("\r\nDate: [^\r]*", "");
        }
    }

    private boolean send(SocketChannel client, byte[] piece) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
            client.write(bytes);
            loop.run(Duration.ofMillis(1), 1);
        }
        return true;
    }

    /** Returns false at the end of the stream. */
    private boolean receive(SocketChannel client, ByteArrayOutputStream answers) throws IOException {
        int n = client.read(buffer.clear());
        answers.write(buffer.array(), 0, buffer.position());
        return n >= 0;
    }

    String talk(String text) throws IOException {
        return talk(List.of(text.getBytes(ISO_8859_1)));
    }

    /** Returns the lines that connections have logged. */
    List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        log.detachAppender(lines);
        log.setAdditive(true);
        loop.close();
    }
}
