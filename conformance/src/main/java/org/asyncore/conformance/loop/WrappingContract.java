// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.FileDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.channels.ForwardingByteChannel;
import org.asyncore.channels.ForwardingDatagramSocketChannel;
import org.asyncore.channels.ForwardingServerChannel;
import org.asyncore.channels.ForwardingStreamChannel;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.WrappingChannel;
import org.asyncore.spi.ForwardingBackend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract of channels that wrap a backend's channel: the one below is polled, and each call reaches it. */
@Timeout(120)
public abstract class WrappingContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    @TempDir
    Path directory;

    private final List<String> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected WrappingContract() {}

    private static final class Stream extends ForwardingStreamChannel {
        Stream(StreamChannel stream) {
            super(stream);
        }
    }

    private static final class Server extends ForwardingServerChannel {
        Server(ServerChannel server) {
            super(server);
        }

        @Override
        public @Nullable StreamChannel accept() throws IOException {
            StreamChannel accepted = super.accept();
            return accepted == null ? null : new Stream(accepted);
        }
    }

    private static final class Datagrams extends ForwardingDatagramSocketChannel {
        Datagrams(DatagramSocketChannel socket) {
            super(socket);
        }
    }

    private static final class Bytes extends ForwardingByteChannel {
        Bytes(ByteChannel channel) {
            super(channel);
        }
    }

    /** Runs turns until something is in the log. */
    private void runUntilLogged() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (log.isEmpty()) {
            assertTrue(System.nanoTime() < end, "nothing happened");
            fixture.loop().runOnce(Duration.ofMillis(100));
        }
    }

    private LoopConnection echo(int depth) throws IOException {
        LoopConnection connection = fixture.connection();
        StreamChannel channel = connection.channel();
        for (int i = 0; i < depth; i++) {
            channel = new Stream(channel);
        }
        assertEquals(WrappingChannel.polled(connection.channel()), WrappingChannel.polled(channel));
        new ReadingDispatcher(fixture.loop(), channel, () -> log.add("read"));
        return connection;
    }

    @Test
    void wrappedStreamIsPolledByTheStreamBelow() throws IOException {
        LoopConnection connection = echo(1);
        connection.send();
        runUntilLogged();
        assertEquals(List.of("read"), log);
    }

    @Test
    void wrapperOfAWrapperIsPolledByTheInnermostStream() throws IOException {
        LoopConnection connection = echo(2);
        connection.send();
        runUntilLogged();
        assertEquals(List.of("read"), log);
    }

    @Test
    void layerOverAWrapperIsPolledByTheInnermostStream() throws IOException {
        LoopConnection connection = fixture.connection();
        ToyLayer layer = new ToyLayer(new Stream(connection.channel()));
        new ReadingDispatcher(fixture.loop(), layer, () -> log.add("read"));
        connection.send("!x");
        runUntilLogged();
        assertEquals(List.of("read"), log);
    }

    @Test
    void wrapperOfALayerIsRefused() throws IOException {
        ToyLayer layer = new ToyLayer(fixture.connection().channel());
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Stream(layer));
        assertTrue(e.toString().contains("a layer cannot be wrapped"), e::toString);
    }

    @Test
    void closedWrapperClosesTheStreamBelow() throws IOException {
        LoopConnection connection = echo(1);
        fixture.loop().closeAll();
        assertFalse(connection.channel().isOpen());
    }

    @Test
    void acceptedWrapperThatADispatcherHasTakenStaysOpenWhenTheHookThrows() throws IOException {
        SocketDispatcher listener = new SocketDispatcher(fixture.loop()) {
            @Override
            public void handleAccepted(StreamChannel channel, SocketAddress remote) {
                new EchoingDispatcher(loop(), new Stream(channel));
                throw new IllegalStateException("by the test");
            }

            @Override
            public void handleError(Throwable cause) {
                log.add("error");
            }
        };
        ServerChannel server = fixture.closing(fixture.backend().openServer(StandardProtocolFamily.INET));
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        listener.setSocket(new Server(server));
        SocketDispatcher client = new ConnectingDispatcher(Objects.requireNonNull(server.getLocalAddress()));
        runUntilLogged();
        assertEquals(List.of("error"), log);
        log.clear();
        client.send(new byte[1]);
        runUntilLogged();
        assertEquals(List.of("read 1"), log);
    }

    /** A client that records what it reads. */
    private final class ConnectingDispatcher extends SocketDispatcher {
        ConnectingDispatcher(SocketAddress remote) throws IOException {
            super(fixture.loop());
            StreamChannel opened = fixture.backend().openStream(StandardProtocolFamily.INET);
            setSocket(fixture.closing(new Stream(opened)));
            connect(remote);
        }

        @Override
        public boolean writable() {
            return connecting();
        }

        @Override
        public void handleConnect() {}

        @Override
        public void handleWrite() {}

        @Override
        public void handleRead() throws IOException {
            log.add("read " + recv(10).length);
        }
    }

    @Test
    void wrappedDatagramSocketIsPolledByTheSocketBelow() throws IOException {
        DatagramSocketChannel socket = fixture.closing(fixture.backend().openDatagram(StandardProtocolFamily.INET));
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        SocketDispatcher receiver = new SocketDispatcher(fixture.loop()) {
            @Override
            public boolean writable() {
                return false;
            }

            @Override
            public void handleRead() throws IOException {
                log.add("read " + (recvFrom(readBuffer()) != null));
            }
        };
        receiver.setSocket(new Datagrams(socket));
        receiver.sendTo(ByteBuffer.allocate(1), Objects.requireNonNull(socket.getLocalAddress()));
        runUntilLogged();
        assertEquals(List.of("read true"), log);
    }

    @Test
    void wrappedRegularFileIsAlwaysReady() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        try (Loop loop = Loop.builder().backend(new FileWrappingBackend()).open()) {
            new FileDispatcher(loop, file) {
                @Override
                public boolean writable() {
                    return false;
                }

                @Override
                public void handleRead() throws IOException {
                    String text = new String(recv(10), US_ASCII);
                    if (!text.isEmpty()) {
                        log.add("read " + text);
                    }
                }

                @Override
                public void handleClose() {
                    close();
                }
            };
            loop.run();
        }
        assertEquals(List.of("open", "read text"), log);
    }

    /** A backend that wraps the regular files that it opens. */
    private final class FileWrappingBackend extends ForwardingBackend {
        FileWrappingBackend() {
            super(fixture.backend());
        }

        @Override
        public ByteChannel openFile(Path path, OpenOption... options) throws IOException {
            log.add("open");
            return new Bytes(super.openFile(path, options));
        }
    }
}
