// SPDX-License-Identifier: Apache-2.0
package org.asyncore.kqueue;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Backend;

/**
 * A loop with many connections and a random script, which depends only on a seed. Each step does one action on one or
 * two connections, and runs the loop until it has arrived. Each dispatcher records its hooks. Consecutive reads count
 * as one, because the kernel can deliver a message in parts.
 */
final class RandomizedScenario implements Closeable {
    private static final int RECEIVE_BUFFER = 1 << 16; // set explicitly, because the system increases the default
    private static final int LARGE = 8 << 20; // more than a connection's buffers hold, so the first send is partial
    private static final long DEADLINE_SECONDS = 60;

    private final Map<String, List<String>> notes = new TreeMap<>();
    private final List<EchoMember> members = new ArrayList<>();
    private final List<SocketChannel> peers = new ArrayList<>();
    private final Random random;
    private final Loop loop;
    private final Listener listener;
    private final ServerSocketChannel rawServer;
    private long nanos; // the time of the loop's clock, which the script sets

    RandomizedScenario(Backend backend, InterestPolicy policy, long seed) throws IOException {
        random = new Random(seed);
        loop = Loop.builder()
                .backend(backend)
                .interestPolicy(policy)
                .clock(() -> nanos)
                .open();
        listener = new Listener(loop);
        rawServer = ServerSocketChannel.open();
        rawServer.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        rawServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    }

    /** Runs the script, and returns the events of all dispatchers. */
    Map<String, List<String>> play(int connections, int steps) throws IOException {
        for (int i = 0; i < connections; i++) {
            connect(i);
        }
        refuse();
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(connections));
        }
        return notes;
    }

    /** Makes a connection, which the loop accepts if its number is even, and connects otherwise. */
    private void connect(int i) throws IOException {
        if (i % 2 == 0) {
            SocketChannel peer = SocketChannel.open();
            peer.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            peer.connect(listener.localAddress());
            peers.add(peer);
            turnUntil(() -> members.size() == i + 1);
        } else {
            EchoMember client = new EchoMember(loop, "member " + i);
            members.add(client);
            client.connectTo(rawServer.getLocalAddress());
            peers.add(rawServer.accept());
            turnUntil(client::connected);
        }
    }

    private void refuse() throws IOException {
        SocketAddress withoutListener;
        try (ServerSocketChannel gone =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            withoutListener = gone.getLocalAddress();
        }
        EchoMember refused = new EchoMember(loop, "refused");
        refused.connectTo(withoutListener);
        turnUntil(() -> refused.ended);
    }

    private void step(int i) throws IOException {
        EchoMember member = members.get(i);
        SocketChannel peer = peers.get(i);
        nanos += TimeUnit.MILLISECONDS.toNanos(random.nextInt(50));
        int action = random.nextInt(8);
        if (member.ended || !peer.isOpen()) {
            turn();
            return;
        }
        switch (action) {
            case 0, 1, 2 -> echo(member, peer, 1 + random.nextInt(5000));
            case 3 -> sendLarge(member, peer);
            case 4 -> {
                member.after(Duration.ofMillis(random.nextInt(200)));
                turn();
            }
            case 5 -> closeSibling(member, peer, members.get(random.nextInt(members.size())));
            case 6 -> {
                peer.shutdownOutput();
                turnUntil(() -> member.ended);
            }
            default -> {
                if (random.nextBoolean()) {
                    peer.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                peer.close();
                turnUntil(() -> member.ended);
            }
        }
    }

    private void echo(EchoMember member, SocketChannel peer, int bytes) throws IOException {
        long expected = member.received + bytes;
        peer.write(ByteBuffer.allocate(bytes));
        turnUntil(() -> member.received == expected && member.out == null);
        receive(peer, bytes);
    }

    private void sendLarge(EchoMember member, SocketChannel peer) throws IOException {
        member.queue(LARGE);
        turnUntil(() -> member.sentPartly);
        peer.configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        long[] got = {0};
        turnUntil(() -> {
            got[0] += drain(peer, buffer);
            return got[0] == LARGE && member.out == null;
        });
        peer.configureBlocking(true);
    }

    private static long drain(SocketChannel peer, ByteBuffer buffer) {
        try {
            long sum = 0;
            for (int n = peer.read(buffer.clear()); n > 0; n = peer.read(buffer.clear())) {
                sum += n;
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeSibling(EchoMember member, SocketChannel peer, EchoMember sibling) throws IOException {
        if (sibling != member && !sibling.ended) {
            member.victim = sibling;
        }
        echo(member, peer, 1);
    }

    private static void receive(SocketChannel peer, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && peer.read(buffer) >= 0) {
            // until all bytes have been echoed
        }
    }

    private void turn() {
        loop.run(Duration.ZERO, 2);
    }

    private void turnUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            loop.run(Duration.ofMillis(1), 1);
            if (System.nanoTime() - end > 0) {
                fail("a step did not end in time on " + loop + ": " + notes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        loop.close();
        rawServer.close();
        for (SocketChannel peer : peers) {
            peer.close();
        }
    }

    private final class Listener extends SocketDispatcher {
        Listener(Loop loop) throws IOException {
            super(loop);
            createSocket();
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listen(500);
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) {
            members.add(new EchoMember(loop(), channel, "member " + members.size()));
        }
    }

    /** A dispatcher that echoes its input and records its hooks. */
    private final class EchoMember extends SocketDispatcher {
        private final List<String> mine = new ArrayList<>();
        private long received;
        private boolean ended;
        private boolean sentPartly;
        private ByteBuffer out;
        private EchoMember victim;
        private int reading; // bytes of the present sequence of reads

        EchoMember(Loop loop, StreamChannel channel, String name) {
            super(loop, channel);
            notes.put(name, mine);
        }

        EchoMember(Loop loop, String name) {
            super(loop);
            notes.put(name, mine);
        }

        void connectTo(SocketAddress address) throws IOException {
            createSocket();
            connect(address);
        }

        void after(Duration delay) {
            loop().schedule(delay, () -> note("timer, connected " + connected()));
        }

        void queue(int bytes) {
            out = ByteBuffer.allocateDirect(bytes);
            sentPartly = false;
            loop().refresh(this);
        }

        private void note(String event) {
            if (reading > 0) {
                mine.add("read " + reading);
                reading = 0;
            }
            mine.add(event);
        }

        @Override
        public boolean writable() {
            return connecting() || out != null;
        }

        @Override
        public void handleConnect() {
            note("connect");
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer buffer = readBuffer();
            int n = recv(buffer);
            if (n < 0) {
                note("end");
                return;
            }
            received += n;
            reading += n;
            if (victim != null) {
                note("closes a sibling");
                victim.note("closed by a sibling");
                victim.ended = true;
                victim.close();
                victim = null;
            }
            ByteBuffer echo = ByteBuffer.allocate((out == null ? 0 : out.remaining()) + n);
            if (out != null) {
                echo.put(out);
            }
            out = echo.put(buffer.flip()).flip();
        }

        @Override
        public void handleWrite() throws IOException {
            if (out == null) {
                return;
            }
            send(out);
            if (out.hasRemaining()) {
                sentPartly = true;
            } else {
                out = null;
                note("all sent");
            }
        }

        @Override
        public void handleClose() {
            note("close");
            ended = true;
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            note("error " + cause.getClass().getSimpleName());
            handleClose();
        }
    }
}
