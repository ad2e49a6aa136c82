// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of {@link DatagramSocketChannel}, connected and unconnected. */
@Timeout(120)
public abstract class DatagramChannelContract {
    @RegisterExtension
    final PollerFixture fixture = new PollerFixture();

    /** Makes the contract, for the tests of a backend. */
    protected DatagramChannelContract() {}

    private DatagramSocketChannel open() throws IOException {
        DatagramSocketChannel channel = fixture.closing(fixture.backend().openDatagram(StandardProtocolFamily.INET));
        assertSame(channel, channel.bind(Loopback.v4()));
        return channel;
    }

    private DatagramSocket peer() throws IOException {
        DatagramSocket peer = fixture.closing(new DatagramSocket(Loopback.v4()));
        peer.setSoTimeout(30_000);
        return peer;
    }

    private static void send(DatagramSocket from, String text, DatagramSocketChannel to) throws IOException {
        byte[] bytes = Bytes.of(text);
        from.send(new DatagramPacket(bytes, bytes.length, to.getLocalAddress()));
    }

    private static String receive(DatagramSocket peer) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        peer.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    @Test
    void receiveReturnsNullWithoutADatagram() throws IOException {
        assertNull(open().receive(ByteBuffer.allocate(10)));
    }

    @Test
    void receiveReturnsTheSender() throws IOException {
        DatagramSocketChannel channel = open();
        DatagramSocket peer = peer();
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        fixture.expectQuiet(registration);
        for (ByteBuffer target : List.of(ByteBuffer.allocate(10), ByteBuffer.allocateDirect(10))) {
            send(peer, "abc", channel);
            fixture.expectReady(registration, Ops.READ);
            target.position(2);
            assertEquals(peer.getLocalSocketAddress(), channel.receive(target));
            assertEquals(5, target.position());
            assertEquals("abc", Bytes.taken(target).substring(2));
        }
        fixture.expectQuiet(registration);
    }

    @Test
    void emptyDatagramHasASender() throws IOException {
        DatagramSocketChannel channel = open();
        DatagramSocket peer = peer();
        send(peer, "", channel);
        fixture.expectReady(fixture.register(channel, Ops.READ), Ops.READ);
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(peer.getLocalSocketAddress(), channel.receive(target));
        assertEquals(0, target.position());
    }

    @Test
    void emptyDatagramIsReadAsZeroBytes() throws IOException {
        DatagramSocketChannel channel = open();
        DatagramSocket peer = peer();
        send(peer, "", channel);
        send(peer, "a", channel);
        fixture.expectReady(fixture.register(channel, Ops.READ), Ops.READ);
        assertEquals(0, channel.read(ByteBuffer.allocate(10)));
        assertEquals("a", fixture.read(channel, 1));
    }

    @Test
    void unconnectedChannelReadsFromAnySender() throws IOException {
        DatagramSocketChannel channel = open();
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        for (String text : List.of("a", "b")) {
            send(peer(), text, channel);
            fixture.expectReady(registration, Ops.READ);
            assertEquals(text, fixture.read(channel, 1));
        }
        assertEquals(0, channel.read(ByteBuffer.allocate(1)));
    }

    @Test
    void eachReadTakesOneDatagramAndLosesWhatDoesNotFit() throws IOException {
        DatagramSocketChannel channel = open();
        DatagramSocket peer = peer();
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        for (ByteBuffer target : List.of(ByteBuffer.allocate(2), ByteBuffer.allocateDirect(2))) {
            send(peer, "abc", channel);
            send(peer, "d", channel);
            fixture.expectReady(registration, Ops.READ);
            assertEquals(2, channel.read(target));
            assertEquals("ab", Bytes.taken(target));
            assertEquals("d", fixture.read(channel, 1));
        }
    }

    @Test
    void sendReachesAnyAddress() throws IOException {
        DatagramSocketChannel channel = open();
        fixture.expectReady(fixture.register(channel, Ops.WRITE), Ops.WRITE);
        for (ByteBuffer whole : List.of(Bytes.heap("0123456789"), Bytes.direct("0123456789"))) {
            DatagramSocket peer = peer();
            ByteBuffer part = whole.position(2).limit(8).slice().position(1).limit(4);
            assertEquals(3, channel.send(part, peer.getLocalSocketAddress()));
            assertEquals(4, part.position());
            assertEquals("345", receive(peer));
        }
    }

    @Test
    void emptyDatagramIsSent() throws IOException {
        DatagramSocketChannel channel = open();
        DatagramSocket peer = peer();
        assertEquals(0, channel.send(ByteBuffer.allocate(0), peer.getLocalSocketAddress()));
        assertEquals("", receive(peer));
    }

    @Test
    void connectedChannelExchangesDatagramsWithItsPeerOnly() throws IOException {
        DatagramSocketChannel channel = open();
        DatagramSocket peer = peer();
        assertNull(channel.getRemoteAddress());
        channel.connect(peer.getLocalSocketAddress());
        assertEquals(peer.getLocalSocketAddress(), channel.getRemoteAddress());
        assertEquals(0, channel.read(ByteBuffer.allocate(10)));
        for (ByteBuffer bytes : List.of(Bytes.heap("abc"), Bytes.direct("abc"))) {
            assertEquals(3, channel.write(bytes));
            assertEquals(3, bytes.position());
            assertEquals("abc", receive(peer));
        }
        send(peer(), "x", channel);
        send(peer, "a", channel);
        assertEquals("a", fixture.read(channel, 1));
        send(peer, "b", channel);
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        fixture.expectReady(registration, Ops.READ);
        assertEquals(peer.getLocalSocketAddress(), channel.receive(ByteBuffer.allocate(1)));
        fixture.expectQuiet(registration);
    }

    @Test
    void readOnlyBufferIsSent() throws IOException {
        DatagramSocketChannel channel = open();
        DatagramSocket peer = peer();
        channel.send(Bytes.heap("abc").asReadOnlyBuffer(), peer.getLocalSocketAddress());
        assertEquals("abc", receive(peer));
    }

    @Test
    void unresolvedAddressThrowsUnknownHostExceptionWithItsName() throws IOException {
        DatagramSocketChannel channel = open();
        SocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 9);
        Exception e = assertThrows(UnknownHostException.class, () -> channel.send(Bytes.heap("a"), unknown));
        assertTrue(String.valueOf(e.getMessage()).contains("nowhere.invalid"), e::toString);
        assertThrows(UnknownHostException.class, () -> channel.connect(unknown));
    }

    @Test
    void ipv6BehavesAsIpv4() throws IOException {
        DatagramSocketChannel channel = fixture.closing(fixture.backend().openDatagram(StandardProtocolFamily.INET6));
        try {
            channel.bind(Loopback.v6());
        } catch (IOException e) {
            Assumptions.abort("no IPv6 here: " + e);
        }
        SocketAddress own = channel.getLocalAddress();
        assertEquals(1, channel.send(Bytes.heap("a"), own));
        fixture.expectReady(fixture.register(channel, Ops.READ), Ops.READ);
        assertEquals(own, channel.receive(ByteBuffer.allocate(1)));
    }

    @Test
    void optionsReturnTheValuesThatWereSet() throws IOException {
        DatagramSocketChannel channel = open();
        for (boolean on : new boolean[] {true, false}) {
            assertSame(channel, channel.setOption(StandardSocketOptions.SO_BROADCAST, on));
            assertEquals(on, channel.getOption(StandardSocketOptions.SO_BROADCAST));
        }
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 32_768);
        assertTrue(channel.getOption(StandardSocketOptions.SO_RCVBUF) >= 32_768);
        assertTrue(channel.supportedOptions().contains(StandardSocketOptions.SO_BROADCAST));
    }

    @Test
    void closedChannelFreesItsPortByTheNextPoll() throws IOException {
        DatagramSocketChannel channel = open();
        SocketAddress address = channel.getLocalAddress();
        RecordingRegistration registration = fixture.register(channel, Ops.READ);
        fixture.poller().poll(0);
        registration.cancel();
        channel.close();
        fixture.poller().poll(0);
        DatagramSocketChannel next = fixture.closing(fixture.backend().openDatagram(StandardProtocolFamily.INET));
        next.bind(address);
        assertEquals(address, next.getLocalAddress());
    }

    @Test
    void everyUseOfClosedChannelThrowsClosedChannelException() throws IOException {
        DatagramSocketChannel channel = open();
        SocketAddress address = channel.getLocalAddress();
        channel.close();
        channel.close();
        assertFalse(channel.isOpen());
        assertThrows(ClosedChannelException.class, () -> channel.receive(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, () -> channel.send(Bytes.heap("a"), address));
        assertThrows(ClosedChannelException.class, () -> channel.write(Bytes.heap("a")));
        assertThrows(ClosedChannelException.class, () -> channel.connect(address));
        assertThrows(ClosedChannelException.class, () -> channel.bind(address));
        assertThrows(ClosedChannelException.class, () -> channel.getLocalAddress());
        assertFalse(channel.toString().isEmpty());
    }
}
