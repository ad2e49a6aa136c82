// SPDX-License-Identifier: Apache-2.0
package org.asyncore.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that surprises of the JDK are not visible to programs. */
@Timeout(60)
final class NioSurprisesTest {
    private final NioBackend backend = new NioBackend();
    private final List<Ops> reported = new ArrayList<>();
    private Poller poller;

    @BeforeEach
    void open() throws IOException {
        poller = backend.openPoller();
    }

    @AfterEach
    void close() throws IOException {
        poller.close();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private StreamChannel refused() throws IOException {
        SocketAddress withoutListener;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            withoutListener = gone.getLocalSocketAddress();
        }
        StreamChannel channel = backend.openStream(StandardProtocolFamily.INET);
        channel.connect(withoutListener);
        return channel;
    }

    @Test
    void failureIsReportedByEveryPollAfterFinishConnectThrewIt() throws IOException {
        try (StreamChannel channel = refused()) {
            Registration registration = poller.register(channel, reported::add);
            registration.interest(Ops.READ_WRITE);
            assertEquals(1, poller.poll(-1));
            assertThrows(ConnectException.class, channel::finishConnect);
            assertThrows(ConnectException.class, channel::finishConnect);
            assertEquals(1, poller.poll(-1));
            registration.interest(Ops.READ);
            assertEquals(1, poller.poll(-1));
            assertEquals(List.of(Ops.READ_WRITE, Ops.READ_WRITE, Ops.READ), reported);
            registration.cancel();
            assertEquals(0, poller.poll(1));
        }
    }

    @Test
    void failureThatFinishConnectThrewFirstIsReported() throws IOException {
        try (StreamChannel channel = refused()) {
            Registration registration = poller.register(channel, reported::add);
            registration.interest(Ops.WRITE);
            assertThrows(ConnectException.class, () -> finish(channel));
            assertEquals(1, poller.poll(-1));
            registration.interest(Ops.NONE);
            assertEquals(0, poller.poll(1));
            registration.cancel();
        }
    }

    private static void finish(StreamChannel channel) throws IOException {
        boolean finished = false;
        while (!finished) {
            finished = channel.finishConnect();
        }
    }

    @Test
    void connectionFinishedByThePollerIsFinishedByTheProgram() throws IOException {
        try (ServerChannel server = backend.openServer(StandardProtocolFamily.INET);
                StreamChannel channel = backend.openStream(StandardProtocolFamily.INET)) {
            server.bind(loopback(), 1);
            boolean atOnce = channel.connect(server.getLocalAddress());
            Registration registration = poller.register(channel, reported::add);
            registration.interest(Ops.WRITE);
            poller.poll(-1);
            assertEquals(atOnce, channel.isConnected());
            assertTrue(channel.finishConnect());
            assertTrue(channel.isConnected());
            registration.cancel();
        }
    }

    @Test
    void portOfClosedListenerIsFreeWithoutAPoll() throws IOException {
        ServerChannel server = backend.openServer(StandardProtocolFamily.INET);
        server.bind(loopback(), 1);
        SocketAddress address = server.getLocalAddress();
        Registration registration = poller.register(server, reported::add);
        registration.interest(Ops.READ);
        poller.poll(0);
        registration.cancel();
        server.close();
        try (ServerChannel next = backend.openServer(StandardProtocolFamily.INET)) {
            next.bind(address, 1);
            assertEquals(address, next.getLocalAddress());
        }
    }

    @Test
    void failedOpenIsThrownByRead() throws IOException {
        IOException failure = new IOException("by the test");
        try (NioDescriptorChannel channel = NioDescriptorChannel.reading("nothing", () -> {
            throw failure;
        })) {
            poller.register(channel, reported::add).interest(Ops.READ);
            poller.poll(-1);
            IOException e = assertThrows(IOException.class, () -> channel.read(ByteBuffer.allocate(1)));
            assertEquals(failure, e.getCause());
        }
    }

    @Test
    void failedOpenIsThrownByWrite() throws IOException {
        IOException failure = new IOException("by the test");
        try (NioDescriptorChannel channel = NioDescriptorChannel.writing("nothing", true, () -> {
            throw failure;
        })) {
            IOException e = assertThrows(IOException.class, () -> {
                while (channel.write(ByteBuffer.allocate(1)) >= 0) {
                    Thread.onSpinWait();
                }
            });
            assertEquals(failure, e.getCause());
        }
    }
}
