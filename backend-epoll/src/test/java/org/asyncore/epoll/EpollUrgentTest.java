// SPDX-License-Identifier: Apache-2.0
package org.asyncore.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EpollUrgentTest {
    private static final long QUIET_NANOS = 50_000_000;

    private final CountingHandler handler = new CountingHandler();
    private Poller poller;
    private Socket peer;
    private StreamChannel channel;

    /** A handler that counts its reports. */
    private static final class CountingHandler implements ReadyHandler {
        private int reads;
        private int urgents;

        @Override
        public void ready(Ops ops) {
            reads++;
        }

        @Override
        public void urgent() {
            urgents++;
        }
    }

    @BeforeEach
    void connect() throws IOException {
        Backend backend = new EpollBackend();
        Pollers.assumeAvailable(backend);
        poller = backend.openPoller();
        try (ServerChannel server = backend.openServer(StandardProtocolFamily.INET)) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            peer = new Socket(address.getAddress(), address.getPort());
            peer.setTcpNoDelay(true);
            channel = accept(server);
        }
        poller.register(channel, handler).interest(Ops.READ);
    }

    private static StreamChannel accept(ServerChannel server) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        StreamChannel accepted = server.accept();
        while (accepted == null && System.nanoTime() < end) {
            accepted = server.accept();
        }
        return Objects.requireNonNull(accepted, "no connection in time");
    }

    @AfterEach
    void close() throws IOException {
        if (poller != null) {
            poller.close();
            channel.close();
            peer.close();
        }
    }

    @Test
    void urgentDataAloneIsReportedAndReadOnce() throws IOException {
        peer.sendUrgentData('!');
        assertEquals(1, poller.poll(-1));
        assertEquals(1, poller.poll(-1), "reported until the byte is read");
        assertEquals(2, handler.urgents);
        assertEquals(0, handler.reads);
        assertEquals('!', channel.readUrgent());
        assertEquals(0, poller.poll(QUIET_NANOS));
        assertEquals(-1, channel.readUrgent());
    }

    @Test
    void bytesBeforeTheUrgentByteAreReadFirst() throws IOException {
        peer.getOutputStream().write(new byte[] {'a', 'b'});
        peer.sendUrgentData('!');
        peer.getOutputStream().write('c');
        pollUntilUrgent();
        ByteBuffer buffer = ByteBuffer.allocate(8);
        assertEquals(-1, channel.readUrgent(), "the urgent byte is not next");
        assertEquals(2, channel.read(buffer));
        assertEquals('!', channel.readUrgent());
        while (channel.read(buffer) == 0) {
            Thread.onSpinWait();
        }
        assertEquals('c', buffer.get(2));
        assertEquals(3, buffer.position());
        assertEquals(0, poller.poll(QUIET_NANOS));
    }

    @Test
    void urgentByteIsReadAfterMoreThanAPage() throws IOException {
        peer.getOutputStream().write(new byte[10_000]);
        peer.sendUrgentData('!');
        pollUntilUrgent();
        ByteBuffer buffer = ByteBuffer.allocateDirect(10_000);
        while (buffer.hasRemaining()) {
            assertEquals(-1, channel.readUrgent());
            assertTrue(channel.read(buffer) >= 0);
        }
        assertEquals('!', channel.readUrgent());
    }

    @Test
    void ordinaryBytesAreNotReadAsUrgent() throws IOException {
        peer.getOutputStream().write('a');
        assertEquals(1, poller.poll(-1));
        assertEquals(-1, channel.readUrgent());
        assertEquals(1, channel.read(ByteBuffer.allocate(8)));
        assertEquals(0, handler.urgents);
    }

    private void pollUntilUrgent() throws IOException {
        while (handler.urgents == 0) {
            poller.poll(-1);
        }
    }
}
