// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.asyncore.BufferedDispatcher;
import org.asyncore.InterestPolicy;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of the scenarios of large output, full connections and datagrams. */
public abstract class TransferTracesContract {
    private static final int MESSAGE_BYTES = 1048576;
    private static final int ATTEMPT_BYTES = 65536;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected TransferTracesContract() {}

    @ParameterizedTest
    @EnumSource
    @Replays("would_block")
    @DiffersFromAsyncore("recv returns 0 where there is nothing, as send does where there is no room")
    void sendThatWouldBlockReturnsZero(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pair();
        Probe sender = new Probe(scenario, "sender", pair.ours());
        scenario.driver("recv_returned", "value", sender.recv(ByteBuffer.allocate(100)));
        int total = fill(sender);
        scenario.driver("send_returned", "value", 0);
        sender.out = "0123456789";
        scenario.quietCycles(2);
        boolean drained = pair.peer().receive(total).length() == total;
        scenario.driver("peer_drained");
        scenario.cycles(1);
        scenario.outcome("connected", sender.connected(), "drained_all", drained);
        scenario.outcome("peer_got_last", pair.peer().receive(10));
        scenario.assertEvents("""
                driver.recv_returned {"value":0}
                driver.send_returned {"value":0}
                loop.cycle {"n":1}
                loop.cycle {"n":2}
                driver.peer_drained
                loop.cycle {"n":3}
                sender.handle_write {"sent":10}
                """);
    }

    /** Sends until neither the socket nor the network accepts more bytes. */
    private int fill(Probe sender) throws IOException {
        byte[] block = new byte[65536];
        int total = 0;
        do {
            for (int n = sender.send(block); n > 0; n = sender.send(block)) {
                total += n;
            }
        } while (scenario.becomesReady(sender, Ops.WRITE));
        return total;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("dws_large_send")
    @DiffersFromAsyncore("send returns the number of bytes, as dispatcher.send does")
    void bufferedSendTakesAllBytesAndSendsInAttempts(InterestPolicy policy) throws Exception {
        scenario.begin(policy);
        ScenarioConnection pair = scenario.pair();
        String message = "0123456789abcdef".repeat(MESSAGE_BYTES / 16);
        CompletableFuture<String> received = CompletableFuture.supplyAsync(pair.peer()::receiveAll);
        Sender sender = new Sender(scenario, pair.ours());
        int result = sender.send(message.getBytes(ISO_8859_1));
        boolean someLeft = sender.buffered() >= MESSAGE_BYTES - ATTEMPT_BYTES;
        int first = sender.total;
        while (sender.buffered() > 0) {
            scenario.loop().run(Scenario.PATIENCE, 1);
        }
        sender.close();
        scenario.trace().event("sender", "transmit", "bytes", first > 0 && first <= ATTEMPT_BYTES ? "1..65536" : first);
        scenario.driver("send_returned", "result", result, "some_left", someLeft);
        scenario.trace()
                .event("sender", "transmit", "bytes", sender.total == MESSAGE_BYTES ? "the rest" : sender.total);
        String got = received.get(30, TimeUnit.SECONDS);
        scenario.outcome("peer_got", got.length(), "equal", got.equals(message), "map_size", scenario.mapSize());
        scenario.outcome("no_attempt_over_limit", sender.largest <= ATTEMPT_BYTES);
        scenario.assertEvents("""
                sender.transmit {"bytes":"1..65536"}
                driver.send_returned {"result":1048576,"some_left":true}
                sender.transmit {"bytes":"the rest"}
                """);
    }

    /** Adds up the bytes of all attempts to send, as the recording does. */
    private static final class Sender extends BufferedDispatcher {
        int total;
        int largest;

        Sender(Scenario scenario, StreamChannel channel) {
            super(scenario.loop(), channel);
        }

        @Override
        public boolean readable() {
            return false;
        }

        @Override
        public void initiateSend(ByteBuffer front) throws IOException {
            int before = front.remaining();
            super.initiateSend(front);
            int taken = before - front.remaining();
            largest = Math.max(largest, taken);
            total += taken;
        }
    }

    private DatagramSocket client() throws IOException {
        DatagramSocket client = scenario.closing(new DatagramSocket(Scenario.LOOPBACK));
        client.setSoTimeout((int) Scenario.PATIENCE.toMillis());
        return client;
    }

    private void send(DatagramSocket client, Probe to, int... sizes) throws IOException {
        SocketAddress address = Objects.requireNonNull(to.localAddress());
        for (int size : sizes) {
            client.send(new DatagramPacket("a".repeat(size).getBytes(ISO_8859_1), size, address));
        }
        scenario.await(to, Ops.READ);
    }

    private <P extends Probe> P bound(P probe) throws IOException {
        probe.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        probe.bind(Scenario.LOOPBACK);
        return probe;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("udp_echo")
    void oneDatagramIsReadInEachTurn(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Probe udp = bound(new Echoer());
        DatagramSocket client = client();
        send(client, udp, 1, 600, 1400);
        scenario.cycles(4);
        List<Integer> echoed = new ArrayList<>();
        boolean upper = true;
        for (int i = 0; i < 3; i++) {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            client.receive(packet);
            echoed.add(packet.getLength());
            upper &= text(packet).matches("A+");
        }
        scenario.outcome("echoed", echoed, "upper", upper, "connected", udp.connected());
        scenario.assertAsRecorded();
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
    }

    private final class Echoer extends Probe {
        private final Deque<String> answers = new ArrayDeque<>();
        private final Deque<SocketAddress> receivers = new ArrayDeque<>();

        Echoer() {
            super(scenario, "udp");
        }

        @Override
        public boolean writable() {
            return !answers.isEmpty();
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(2048);
            SocketAddress sender = recvFrom(buffer);
            if (sender == null) {
                return;
            }
            String data = ISO_8859_1.decode(buffer.flip()).toString();
            event("handle_read", "bytes", data.length());
            answers.add(data.toUpperCase(Locale.ROOT));
            receivers.add(sender);
        }

        @Override
        public void handleWrite() throws IOException {
            ByteBuffer answer = ByteBuffer.wrap(answers.element().getBytes(ISO_8859_1));
            int sent = sendTo(answer, receivers.element());
            event("handle_write", "sent", sent);
            if (sent > 0) {
                answers.remove();
                receivers.remove();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("udp_empty_datagram")
    @DiffersFromAsyncore("an empty datagram is a datagram, not the end of a stream")
    void emptyDatagramIsADatagram(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Probe udp = bound(new Probe(scenario, "udp"));
        send(client(), udp, 3, 0, 5);
        scenario.cycles(3);
        scenario.quietCycles(1);
        scenario.outcome("got", udp.got.length(), "map_size", scenario.mapSize());
        scenario.assertEvents("""
                loop.cycle {"n":1}
                udp.handle_read {"bytes":3}
                loop.cycle {"n":2}
                udp.handle_read {"bytes":0}
                loop.cycle {"n":3}
                udp.handle_read {"bytes":5}
                loop.cycle {"n":4}
                """, Map.of("got", 8, "map_size", 1));
    }
}
