// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.Loopback;
import org.asyncore.spi.Backend;

/**
 * A random program over a {@link FaultyBackend}: clients and servers with real sockets in one loop, and another thread
 * that gives it tasks. Its outcome is judged: data are whole or the connection was reported as cut, once; all tasks ran
 * once; nothing is left open or registered; {@code run()} ends.
 */
final class FaultyWorld {
    private static final Duration LIMIT = Duration.ofMinutes(10); // of the fast clock, so 30 seconds
    private static final int TASKS = 20;

    final FaultPlan plan;
    final Random random;
    final Loop loop;
    final FaultyBackend backend;
    final FaultySite site;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> cut = new ArrayList<>(); // connections that have not done what they wanted
    private final List<SocketDispatcher> listeners = new ArrayList<>();
    private int running; // participants

    private FaultyWorld(Backend below, FaultPlan plan, long seed, FaultySite site) {
        this.plan = plan;
        this.site = site;
        random = new Random(seed);
        backend = new FaultyBackend(below, plan);
        InterestPolicy policy = random.nextBoolean() ? InterestPolicy.EVERY_TURN : InterestPolicy.ON_CHANGE;
        loop = Loop.builder()
                .backend(backend)
                .interestPolicy(policy)
                .clock(backend.clock())
                .open();
    }

    /** Runs the program of a seed, and returns what was wrong. */
    static List<String> run(Backend below, FaultPlan plan, long seed, FaultySite site)
            throws IOException, InterruptedException {
        FaultyWorld world = new FaultyWorld(below, plan, seed, site);
        try (world.loop;
                Socket unbound = new Socket()) {
            unbound.bind(Loopback.v4()); // nothing listens there
            world.open(unbound.getLocalSocketAddress());
            world.run();
        } finally {
            Files.deleteIfExists(site.socket());
        }
        world.judge();
        return world.complaints;
    }

    // Participants.

    Conduct conduct(String name) {
        return new Conduct(name, complaints);
    }

    void complain(String what) {
        complaints.add(what);
    }

    /** Notes a participant that has begun. */
    void begun() {
        running++;
    }

    /** Notes that a participant has ended. The last one closes the listeners. */
    void ended(String cutOff) {
        if (!cutOff.isEmpty()) {
            cut.add(cutOff);
        }
        if (--running == 0) {
            listeners.forEach(SocketDispatcher::close);
        }
    }

    private void open(SocketAddress nowhere) throws IOException {
        begun(); // until all participants have begun
        SocketAddress server = listener();
        for (int clients = 1 + random.nextInt(6); clients > 0; clients--) {
            EchoClient.Manner[] manners = EchoClient.Manner.values();
            int bytes = random.nextInt(8) == 0 ? random.nextInt(300_000) : random.nextInt(3_000);
            new EchoClient(this, manners[random.nextInt(manners.length)], 1 + bytes).begin(server);
        }
        if (random.nextInt(4) == 0) {
            new RefusedClient(this).begin(nowhere);
        }
        if (random.nextInt(4) == 0) {
            new DatagramPair(this, 1 + random.nextInt(20)).begin();
        }
        if (random.nextInt(8) == 0) {
            openFile();
        }
        if (random.nextInt(4) == 0) {
            UrgentReceiver.begin(this);
        }
        if (random.nextInt(8) == 0) {
            for (int i = 0; i < 30; i++) { // a flood
                new EchoClient(this, EchoClient.Manner.HALF_CLOSES, 10).begin(server);
            }
        }
        ended("");
    }

    private void openFile() throws IOException {
        try {
            new FileCheck(this, site.file());
        } catch (IOException e) {
            if (plan.strikesOf(Fault.FAILED_OPEN) == 0) {
                throw e;
            }
        }
    }

    private SocketAddress listener() throws IOException {
        SocketDispatcher listener = new SocketDispatcher(loop) {
            @Override
            public void handleAccepted(StreamChannel connection, SocketAddress remote) {
                EchoServers.serve(FaultyWorld.this, connection);
            }

            @Override
            public void handleError(Throwable cause) {
                complain("listener: " + cause);
            }
        };
        boolean unix = random.nextInt(3) == 0;
        openListener(listener, unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
        listener.bind(unix ? UnixDomainSocketAddress.of(site.socket()) : Loopback.v4());
        listener.listen(50);
        listeners.add(listener);
        return requireNonNull(listener.localAddress());
    }

    private static void openListener(SocketDispatcher listener, StandardProtocolFamily family) throws IOException {
        for (int attempts = 0; ; attempts++) {
            try {
                listener.createSocket(family, SocketType.STREAM);
                return;
            } catch (IOException e) {
                if (attempts == 100) {
                    throw e;
                }
            }
        }
    }

    // The run.

    private void run() throws InterruptedException {
        loop.schedule(LIMIT, this::expire).unref();
        AtomicInteger ran = new AtomicInteger();
        Thread other = new Thread(() -> giveTasks(ran), "gives tasks");
        other.start();
        loop.run();
        other.join();
        loop.run();
        if (ran.get() != TASKS) {
            complain(ran + " tasks ran of " + TASKS);
        }
        if (backend.registrations() > 0) {
            complain(backend.registrations() + " registrations are left");
        }
    }

    private void giveTasks(AtomicInteger ran) {
        for (int i = 0; i < TASKS; i++) {
            loop.execute(ran::incrementAndGet);
            loop.wakeup();
        }
    }

    private void expire() {
        complain("run() has not ended: " + loop + " " + loop.dispatchers());
        loop.closeAll(true);
    }

    private void judge() {
        if (cut.size() > plan.cuts()) {
            complain(cut.size() + " connections were cut by " + plan.cuts() + " faults: " + cut);
        }
        if (!backend.open().isEmpty()) {
            complain("left open: " + backend.open());
        }
    }
}
