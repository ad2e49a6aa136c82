// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncore.InterestPolicy;
import org.asyncore.Loop;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.WrappingChannel;
import org.asyncore.conformance.BackendUnderTest;
import org.asyncore.conformance.faults.FaultyBackend;
import org.asyncore.spi.Backend;
import org.asyncore.spi.Ops;
import org.asyncore.spi.Poller;
import org.asyncore.spi.ReadyHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The loop, driver and peers of one scenario. Compares its events with the recording. */
final class Scenario implements BeforeEachCallback, AfterEachCallback {
    static final InetSocketAddress LOOPBACK = loopback(127, 0, 0, 1);
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration QUIET = Duration.ofMillis(50);

    private final Trace trace = new Trace();
    private final Deque<Closeable> closeables = new ArrayDeque<>();
    private final Map<String, @Nullable Object> outcome = new HashMap<>();
    private @Nullable Backend backend;
    private @Nullable Recording recording;
    private @Nullable Loop loop;
    private @Nullable TurnsUnderFaults faults; // null if the backend has none
    private boolean everyTurn;
    private boolean compared;
    private int cycle;

    /** Returns a local address with port 0, which means a free port. */
    static InetSocketAddress loopback(int... address) {
        byte[] bytes = new byte[address.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) address[i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        backend = BackendUnderTest.of(context);
        Replays replays = context.getRequiredTestMethod().getAnnotation(Replays.class);
        recording = Recording.of(Objects.requireNonNull(replays).value());
        faults = backend instanceof FaultyBackend faulty ? new TurnsUnderFaults(faulty, trace) : null;
    }

    /** Opens the loop. */
    void begin(InterestPolicy policy) {
        everyTurn = policy == InterestPolicy.EVERY_TURN;
        loop = Loop.builder().backend(backend()).interestPolicy(policy).open();
    }

    Loop loop() {
        return Objects.requireNonNull(loop, "call begin first");
    }

    Trace trace() {
        return trace;
    }

    Backend backend() {
        return Objects.requireNonNull(backend);
    }

    int mapSize() {
        return loop().dispatchers().size();
    }

    /** Records an event of the driver. */
    void driver(String hook, @Nullable Object... detail) {
        trace.event("driver", hook, detail);
    }

    // Cycles, which end early if no dispatcher is left.

    /** Runs this many cycles, each of which waits for an event. */
    void cycles(int n) {
        cycles(n, PATIENCE, n);
    }

    /** Runs this many cycles, in which no event is expected. */
    void quietCycles(int n) {
        cycles(n, QUIET, 0);
    }

    private void cycles(int n, Duration timeout, int eventful) {
        if (faults != null) {
            faults.run(loop(), n, eventful);
            return;
        }
        for (int i = 0; i < n && mapSize() > 0; i++) {
            trace.event("loop", "cycle", "n", ++cycle);
            loop().run(timeout, 1);
        }
    }

    /** Runs a cycle, and records the exception that it throws. */
    void raisingCycle() {
        try {
            cycles(1);
        } catch (RuntimeException | Error e) {
            trace.event("loop", "raised", "error", ErrorNames.name(e));
        }
    }

    // The network.

    /** Closes the resource after the scenario; the last one is closed first. */
    <T extends Closeable> T closing(T resource) {
        closeables.push(resource);
        return resource;
    }

    /** Returns a listener of the JDK on a free port. */
    ServerSocket listener() throws IOException {
        return closing(new ServerSocket(0, 5, LOOPBACK.getAddress()));
    }

    /** Returns the next connection of a listener. */
    ScenarioPeer accept(ServerSocket listener) throws IOException {
        listener.setSoTimeout((int) PATIENCE.toMillis());
        return closing(new ScenarioPeer(listener.accept()));
    }

    /** Connects a client to a listener of the loop. */
    ScenarioPeer connect(Probe listener) throws IOException {
        return connect((InetSocketAddress) Objects.requireNonNull(listener.localAddress()));
    }

    ScenarioPeer connect(InetSocketAddress address) throws IOException {
        return closing(new ScenarioPeer(new Socket(address.getAddress(), address.getPort())));
    }

    /** Returns a local address without a listener. */
    InetSocketAddress closedPort() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, LOOPBACK.getAddress())) {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }
    }

    ScenarioConnection pair() throws IOException {
        try (ServerChannel server = backend().openServer(StandardProtocolFamily.INET)) {
            server.bind(LOOPBACK);
            ScenarioPeer peer = connect((InetSocketAddress) Objects.requireNonNull(server.getLocalAddress()));
            StreamChannel accepted = null;
            while (accepted == null) {
                await(server, Ops.READ);
                accepted = server.accept();
            }
            return new ScenarioConnection(closing(accepted), peer);
        }
    }

    /** Returns a connection to a peer that has already sent this text. */
    ScenarioConnection pairThatSent(String text) throws IOException {
        ScenarioConnection pair = pair();
        pair.peer().send(text);
        await(pair.ours(), Ops.READ);
        return pair;
    }

    void await(Probe probe, Ops ops) throws IOException {
        await(Objects.requireNonNull(probe.channel), ops);
    }

    /** Waits until the kernel reports these ops, before the loop polls the channel for the first time. */
    void await(Channel channel, Ops ops) throws IOException {
        AtomicBoolean seen = new AtomicBoolean();
        await(channel, ops, seen, reported -> seen.set(true));
    }

    /** Waits until the kernel reports urgent data. */
    void awaitUrgent(Channel channel) throws IOException {
        AtomicBoolean seen = new AtomicBoolean();
        await(channel, Ops.READ, seen, new ReadyHandler() {
            @Override
            public void ready(Ops ops) {}

            @Override
            public void urgent() {
                seen.set(true);
            }
        });
    }

    private void await(Channel channel, Ops ops, AtomicBoolean seen, ReadyHandler handler) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Poller poller = TurnsUnderFaults.without(backend()).openPoller()) {
            poller.register(WrappingChannel.polled(channel), handler).interest(ops);
            while (!seen.get()) {
                assertTrue(System.nanoTime() < end, () -> "not reported in time: " + ops + " for " + channel);
                poller.poll(end - System.nanoTime());
            }
        }
    }

    /** Returns true if a channel becomes ready within a short time. */
    boolean becomesReady(Probe probe, Ops ops) throws IOException {
        AtomicBoolean seen = new AtomicBoolean();
        Channel channel = WrappingChannel.polled(Objects.requireNonNull(probe.channel));
        try (Poller poller = TurnsUnderFaults.without(backend()).openPoller()) {
            poller.register(channel, reported -> seen.set(true)).interest(ops);
            poller.poll(QUIET.toNanos());
        }
        return seen.get();
    }

    // The comparison.

    private Recording recording() {
        return Objects.requireNonNull(recording);
    }

    /** Records facts after the run, as names and values that alternate. */
    void outcome(@Nullable Object... namesAndValues) {
        outcome.putAll(Trace.map(namesAndValues));
    }

    /**
     * Checks that the events and the outcome are as recorded. Predicates are compared only if all dispatchers are asked
     * in every turn.
     */
    void assertAsRecorded() {
        compare(lines(recording().events()), recording().outcome());
    }

    /** Checks that the events are these, and that the outcome is as recorded. */
    void assertEvents(String events) {
        assertEvents(events, Map.of());
    }

    /**
     * Checks that the events are these, and that the outcome is as recorded except for some differences.
     *
     * @param events the events, one in each line; empty if they are as recorded
     * @param differences the facts of the outcome that differ
     */
    void assertEvents(String events, Map<String, ?> differences) {
        Map<String, @Nullable Object> expected = new HashMap<>(recording().outcome());
        expected.putAll(differences);
        compare(events.isEmpty() ? lines(recording().events()) : events.lines().toList(), expected);
    }

    private void compare(List<String> expected, Map<String, @Nullable Object> expectedOutcome) {
        compared = true;
        if (faults == null) { // otherwise the outcome alone is compared
            assertEquals(String.join("\n", expected), String.join("\n", lines(trace.events())));
        }
        assertEquals(normal(expectedOutcome), normal(outcome));
    }

    private List<String> lines(List<Trace.Event> events) {
        return Trace.lines(recording().ordered(events), event -> !everyTurn && event.isPredicate());
    }

    private static Object normal(Map<String, @Nullable Object> outcome) {
        return Trace.GSON.fromJson(Trace.GSON.toJson(outcome), Object.class);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (loop != null) {
            loop.close();
        }
        while (!closeables.isEmpty()) {
            closeables.pop().close();
        }
        if (loop != null && context.getExecutionException().isEmpty()) {
            assertTrue(compared, "the scenario was not compared");
            if (faults != null) {
                faults.assertAllClosed();
            }
        }
    }
}
