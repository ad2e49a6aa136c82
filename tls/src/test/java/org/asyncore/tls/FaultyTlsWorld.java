// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.asyncore.BufferedDispatcher;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.Loopback;
import org.asyncore.conformance.faults.FaultPlan;
import org.asyncore.conformance.faults.FaultyBackend;

/**
 * Clients and servers over TLS in one loop, on a backend with faults. What a client gets back must be whole, or its
 * connection was cut by a fault; at the end nothing is open, and {@code run()} returns.
 */
final class FaultyTlsWorld {
    private static final Duration LIMIT = Duration.ofMinutes(20); // of the fast clock, so a minute
    private static final int LISTENING_ATTEMPTS = 100;

    private final FaultPlan plan;
    private final Random random;
    private final FaultyBackend backend;
    private final Loop loop;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();
    private int running; // clients

    private FaultyTlsWorld(PollerAndPolicy pollerAndPolicy, FaultPlan plan, long seed) {
        this.plan = plan;
        random = new Random(seed);
        backend = new FaultyBackend(pollerAndPolicy.backend(), plan);
        loop = Loop.builder()
                .backend(backend)
                .interestPolicy(pollerAndPolicy.policy())
                .clock(backend.clock())
                .open();
    }

    /** Runs the program of a seed, and returns what was wrong. */
    static List<String> run(PollerAndPolicy pollerAndPolicy, FaultPlan plan, long seed) throws IOException {
        FaultyTlsWorld world = new FaultyTlsWorld(pollerAndPolicy, plan, seed);
        try (world.loop) {
            world.run();
        }
        world.judge();
        return world.complaints;
    }

    private void run() throws IOException {
        Listener listener = new Listener();
        running = 1 + random.nextInt(4);
        for (int i = running; i > 0; i--) {
            new Client(random.nextBoolean(), 1 + random.nextInt(random.nextInt(4) == 0 ? 200_000 : 2_000))
                    .begin(listener.address());
        }
        loop.schedule(LIMIT, this::expire).unref();
        loop.execute(() -> closeWhenDone(listener));
        loop.run();
    }

    /** Closes the listener in a turn after the last client has ended. */
    private void closeWhenDone(SocketDispatcher listener) {
        if (running == 0) {
            listener.close();
        } else {
            loop.schedule(Duration.ofMillis(20), () -> closeWhenDone(listener));
        }
    }

    private final class Listener extends SocketDispatcher {
        Listener() throws IOException {
            super(loop);
            for (int attempts = 0; !hasOpened(attempts); attempts++) {}
            bind(Loopback.v4());
            listen(50);
        }

        private boolean hasOpened(int attempts) throws IOException {
            try {
                createSocket();
                return true;
            } catch (IOException e) {
                if (attempts == LISTENING_ATTEMPTS) {
                    throw e;
                }
                return false;
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) Objects.requireNonNull(localAddress());
        }

        @Override
        public void handleAccepted(StreamChannel channel, SocketAddress remote) {
            new Server(patient(TlsChannel.server(channel, TestPeers.LOCALHOST)));
        }

        @Override
        public void handleError(Throwable cause) {
            complaints.add("listener: " + cause);
        }
    }

    /** Gives a channel time, because the clock is fast. */
    private static TlsChannel patient(TlsChannel channel) {
        channel.setHandshakeTimeout(LIMIT);
        channel.setLingerTimeout(LIMIT);
        return channel;
    }

    private void expire() {
        complaints.add("run() has not ended: " + loop + " " + loop.dispatchers());
        running = 0;
        loop.closeAll(true);
    }

    private void judge() {
        if (cut.size() > plan.cuts()) {
            complaints.add(cut.size() + " connections were cut by " + plan.cuts() + " faults: " + cut);
        }
        if (!backend.open().isEmpty()) {
            complaints.add("left open: " + backend.open());
        }
    }

    /** Sends back what it receives. At the end of the stream it sends what it owes, and closes. */
    private final class Server extends BufferedDispatcher {
        private boolean ended;

        Server(StreamChannel channel) {
            super(loop, channel);
        }

        @Override
        public boolean readable() {
            return !ended && buffered() < 50_000;
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer input = readBuffer();
            if (recv(input) > 0) {
                send(input.flip());
            }
        }

        @Override
        public void handleWrite() throws IOException {
            super.handleWrite();
            if (ended && buffered() == 0) {
                close();
            }
        }

        @Override
        public void handleClose() {
            ended = true;
            if (buffered() == 0) {
                close();
            }
        }

        @Override
        public void handleLost(IOException cause) {
            close();
        }

        @Override
        public void handleError(Throwable cause) {
            if (!(cause instanceof IOException) || plan.cuts() == 0) {
                complaints.add("server: " + cause);
            }
            close();
        }
    }

    /** Sends bytes and checks that they come back. */
    private final class Client extends BufferedDispatcher {
        private final boolean halfCloses;
        private final byte[] bytes;
        private int received;
        private boolean shut; // its sending direction is
        private boolean ended;

        Client(boolean halfCloses, int bytes) {
            super(FaultyTlsWorld.this.loop);
            this.halfCloses = halfCloses;
            this.bytes = new byte[bytes];
            random.nextBytes(this.bytes);
        }

        void begin(InetSocketAddress server) {
            try {
                createSocket();
                setSocket(patient(TlsChannel.client(stream(), TestPeers.LOCALHOST, "localhost", server.getPort())));
                connect(server);
            } catch (IOException e) {
                end("cannot connect: " + e, true);
            }
        }

        @Override
        public void handleConnect() throws IOException {
            send(bytes);
            shutPerhaps();
        }

        @Override
        public void handleWrite() throws IOException {
            super.handleWrite();
            shutPerhaps();
        }

        private void shutPerhaps() throws IOException {
            if (halfCloses && !shut && !ended && buffered() == 0) {
                shut = true;
                shutdownOutput();
            }
        }

        @Override
        public void handleRead() throws IOException {
            ByteBuffer input = readBuffer();
            if (recv(input) <= 0) {
                return;
            }
            for (input.flip(); input.hasRemaining(); received++) {
                if (received >= bytes.length || input.get() != bytes[received]) {
                    complaints.add("byte " + received + " of " + bytes.length + " is wrong");
                    end("wrong", false);
                    return;
                }
            }
            if (!halfCloses && received == bytes.length) {
                end("complete", false);
            } else {
                shutPerhaps();
            }
        }

        @Override
        public void handleClose() {
            end("end of the stream after " + received, received < bytes.length);
        }

        @Override
        public void handleLost(IOException cause) {
            end("lost after " + received + ": " + cause, received < bytes.length);
        }

        @Override
        public void handleError(Throwable cause) {
            if (!(cause instanceof IOException)) {
                complaints.add("client: " + cause);
            }
            end("error: " + cause, true);
        }

        private void end(String how, boolean isCut) {
            if (ended) {
                complaints.add("a client has ended twice: " + how);
                return;
            }
            ended = true;
            close();
            running--;
            if (isCut) {
                cut.add(how);
            }
        }
    }
}
