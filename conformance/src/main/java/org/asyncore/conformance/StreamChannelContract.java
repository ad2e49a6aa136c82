// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a connected {@link StreamChannel}: reading, writing and ending. */
@Timeout(120)
public abstract class StreamChannelContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected StreamChannelContract() {}

    @Test
    void readReturnsBytesThenZeroThenTheEnd() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(0, connection.channel().read(target));
        connection.send("abc");
        fixture.expectReady(registration, Ops.READ);
        assertEquals(3, connection.channel().read(target));
        assertEquals("abc", Bytes.taken(target));
        assertEquals(0, connection.channel().read(target));
        connection.peer().shutdownOutput();
        fixture.expectReady(registration, Ops.READ);
        assertEquals(-1, connection.channel().read(target));
        assertEquals(-1, connection.channel().read(target));
    }

    @Test
    void readFillsTheFreePartOfABuffer() throws IOException {
        SocketConnection connection = fixture.connection();
        for (ByteBuffer whole : List.of(ByteBuffer.allocate(10), ByteBuffer.allocateDirect(10))) {
            connection.send("abcde");
            ByteBuffer part = whole.position(2).limit(8).slice().position(1).limit(4);
            fixture.read(connection.channel(), part, 4);
            assertEquals(4, part.position());
            assertFalse(part.hasRemaining());
            assertEquals("de", fixture.read(connection.channel(), 2));
            byte[] bytes = new byte[10];
            whole.clear().get(bytes);
            assertArrayEquals(new byte[] {0, 0, 0, 'a', 'b', 'c', 0, 0, 0, 0}, bytes);
        }
    }

    @Test
    void writeTakesTheRemainingPartOfABuffer() throws IOException {
        SocketConnection connection = fixture.connection();
        for (ByteBuffer whole : List.of(Bytes.heap("0123456789"), Bytes.direct("0123456789"))) {
            ByteBuffer part = whole.position(2).limit(8).slice().position(1).limit(4);
            assertEquals(3, connection.channel().write(part));
            assertEquals(4, part.position());
            assertEquals("345", new String(connection.peer().getInputStream().readNBytes(3), US_ASCII));
        }
    }

    @Test
    void readOnlyBufferIsWritten() throws IOException {
        SocketConnection connection = fixture.connection();
        assertEquals(2, connection.channel().write(Bytes.heap("ab").asReadOnlyBuffer()));
        assertEquals(1, connection.channel().write(Bytes.direct("c").asReadOnlyBuffer()));
        assertEquals("abc", new String(connection.peer().getInputStream().readNBytes(3), US_ASCII));
    }

    @Test
    void emptyBufferMovesNothing() throws IOException {
        SocketConnection connection = fixture.connection();
        for (ByteBuffer empty : List.of(ByteBuffer.allocate(0), ByteBuffer.allocateDirect(0))) {
            assertEquals(0, connection.channel().write(empty));
            connection.send("a");
            RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ);
            fixture.expectReady(registration, Ops.READ);
            assertEquals(0, connection.channel().read(empty));
            assertEquals("a", fixture.read(connection.channel(), 1));
            registration.cancel();
        }
    }

    @Test
    void fullChannelTakesNothing() throws IOException {
        for (ByteBuffer bytes : List.of(ByteBuffer.allocate(1 << 16), ByteBuffer.allocateDirect(1 << 16))) {
            SocketConnection connection = fixture.connection();
            fixture.fill(connection.channel(), fixture.register(connection.channel(), Ops.NONE));
            Deadline.await("no room", () -> connection.channel().write(bytes.position(1)) == 0);
            assertEquals(1, bytes.position());
        }
    }

    @Test
    void megabytesArriveUnchanged() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        for (boolean direct : new boolean[] {true, false}) {
            SocketConnection connection = fixture.connection();
            FutureTask<byte[]> received =
                    new FutureTask<>(() -> connection.peer().getInputStream().readAllBytes());
            new Thread(received).start();
            ByteBuffer source = direct ? ByteBuffer.allocateDirect(sent.length) : ByteBuffer.allocate(sent.length);
            writeAll(connection.channel(), source.put(sent).flip());
            connection.channel().shutdownOutput();
            assertArrayEquals(sent, received.get());
        }
    }

    private void writeAll(StreamChannel channel, ByteBuffer source) throws IOException {
        RecordingRegistration registration = fixture.register(channel, Ops.WRITE);
        while (source.hasRemaining()) {
            fixture.expectReady(registration, Ops.WRITE);
            int start = source.position();
            int n = channel.write(source);
            assertEquals(start + n, source.position());
        }
    }

    @Test
    void halfClosedChannelStillReads() throws IOException {
        SocketConnection connection = fixture.connection();
        connection.channel().write(Bytes.heap("a"));
        connection.channel().shutdownOutput();
        assertEquals("a", new String(connection.peer().getInputStream().readAllBytes(), US_ASCII));
        assertThrows(IOException.class, () -> connection.channel().write(Bytes.heap("b")));
        connection.send("c");
        assertEquals("c", fixture.read(connection.channel(), 1));
    }

    @Test
    void channelWritesAfterThePeerHasHalfClosed() throws IOException {
        SocketConnection connection = fixture.connection();
        connection.peer().shutdownOutput();
        fixture.expectReady(fixture.register(connection.channel(), Ops.READ_WRITE), Ops.READ_WRITE);
        assertEquals(-1, connection.channel().read(ByteBuffer.allocate(1)));
        assertEquals(1, connection.channel().write(Bytes.heap("a")));
        assertEquals('a', connection.peer().getInputStream().read());
    }

    @Test
    void resetThrowsIOException() throws IOException {
        SocketConnection connection = fixture.connection();
        connection.reset();
        fixture.expectReady(fixture.register(connection.channel(), Ops.READ), Ops.READ);
        IOException e =
                assertThrows(IOException.class, () -> connection.channel().read(ByteBuffer.allocate(1)));
        assertFalse(e instanceof ClosedChannelException, e::toString);
        assertThrows(IOException.class, () -> connection.channel().write(Bytes.heap("a")));
        assertTrue(connection.channel().isOpen());
    }

    @Test
    void shutdownOutputAfterAResetDoesNothing() throws IOException {
        SocketConnection connection = fixture.connection();
        connection.reset();
        fixture.expectReady(fixture.register(connection.channel(), Ops.READ), Ops.READ);
        assertThrows(IOException.class, () -> connection.channel().read(ByteBuffer.allocate(1)));
        connection.channel().shutdownOutput();
    }

    @Test
    void closeEndsTheStream() throws IOException {
        SocketConnection connection = fixture.connection();
        connection.channel().write(Bytes.heap("a"));
        connection.channel().close();
        assertEquals("a", new String(connection.peer().getInputStream().readAllBytes(), US_ASCII));
    }

    @Test
    void closeOfRegisteredChannelEndsTheStreamByTheNextPoll() throws IOException {
        SocketConnection connection = fixture.connection();
        RecordingRegistration registration = fixture.register(connection.channel(), Ops.READ_WRITE);
        fixture.poller().poll(0);
        registration.cancel();
        connection.channel().close();
        fixture.poller().poll(0);
        assertEquals(-1, connection.peer().getInputStream().read());
    }

    @Test
    void secondCloseDoesNothing() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        assertTrue(channel.isOpen());
        channel.close();
        channel.close();
        assertFalse(channel.isOpen());
        assertFalse(channel.isConnected());
    }

    @Test
    void everyUseOfClosedChannelThrowsClosedChannelException() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        channel.close();
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocateDirect(1)));
        assertThrows(ClosedChannelException.class, () -> channel.write(Bytes.heap("a")));
        assertThrows(ClosedChannelException.class, () -> channel.write(Bytes.direct("a")));
        assertThrows(ClosedChannelException.class, () -> channel.connect(Loopback.v4()));
        assertThrows(ClosedChannelException.class, channel::finishConnect);
        assertThrows(ClosedChannelException.class, channel::shutdownOutput);
        assertThrows(ClosedChannelException.class, channel::getLocalAddress);
        assertThrows(ClosedChannelException.class, () -> channel.getRemoteAddress());
        assertThrows(ClosedChannelException.class, () -> channel.bind(Loopback.v4()));
        assertThrows(ClosedChannelException.class, () -> channel.getOption(StandardSocketOptions.SO_RCVBUF));
        assertThrows(ClosedChannelException.class, () -> channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096));
    }

    @Test
    void optionsReturnTheValuesThatWereSet() throws IOException {
        StreamChannel channel = fixture.connection().channel();
        for (SocketOption<Boolean> option : List.of(
                StandardSocketOptions.TCP_NODELAY,
                StandardSocketOptions.SO_KEEPALIVE,
                StandardSocketOptions.SO_REUSEADDR)) {
            assertTrue(channel.supportedOptions().contains(option), option::name);
            assertSame(channel, channel.setOption(option, true));
            assertTrue(channel.getOption(option), option::name);
            channel.setOption(option, false);
            assertFalse(channel.getOption(option), option::name);
        }
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 32_768);
        assertTrue(channel.getOption(StandardSocketOptions.SO_SNDBUF) >= 32_768);
        channel.setOption(StandardSocketOptions.SO_LINGER, 5);
        assertEquals(5, channel.getOption(StandardSocketOptions.SO_LINGER));
    }

    @Test
    void lingerOfZeroSecondsResetsTheConnection() throws IOException {
        SocketConnection connection = fixture.connection();
        connection.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.channel().close();
        assertThrows(IOException.class, () -> connection.peer().getInputStream().read());
    }

    @Test
    void textOfAChannelHasItsAddresses() throws IOException {
        SocketConnection connection = fixture.connection();
        String name = connection.channel().toString();
        assertTrue(name.contains(String.valueOf(connection.peer().getPort())), name);
        assertTrue(name.contains(String.valueOf(connection.peer().getLocalPort())), name);
        connection.channel().close();
        assertFalse(connection.channel().toString().isEmpty());
    }
}
