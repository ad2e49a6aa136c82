// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.TimeLimit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of {@code connect(host, port)} to hosts with several addresses, and of giving up. */
@Timeout(120)
public abstract class ConnectRaceContract {
    @RegisterExtension
    final HostLoop test = new HostLoop();

    private final List<SocketChannel> queued = new ArrayList<>(); // clients of a listener that does not answer

    /** Makes the contract, for the tests of a backend. */
    protected ConnectRaceContract() {}

    @BeforeEach
    void defineHost() throws IOException {
        try (ServerSocket six = new ServerSocket(0, 1, NamedHosts.v6())) {
            assertNotNull(six);
        } catch (BindException e) {
            Assumptions.abort("this system has no IPv6");
        }
        test.hosts.put("host.test", NamedHosts.v6(), NamedHosts.v4());
        test.hosts.put("slow.test", NamedHosts.v6(), NamedHosts.v4());
    }

    /** Returns a port on which nothing listens. */
    private static int refusingPort() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, NamedHosts.v6())) {
            return gone.getLocalPort();
        }
    }

    /** Returns a listener that leaves further connections without an answer, because its queue is full. */
    private ServerSocket unanswering() throws IOException {
        return unanswering(test.listener(0, NamedHosts.v6()));
    }

    private ServerSocket unanswering(ServerSocket listener) throws IOException {
        Assumptions.assumeTrue(System.getProperty("os.name", "").startsWith("Linux"), "other systems may reset");
        for (int i = 0; i < 6; i++) {
            SocketChannel client = test.closing(SocketChannel.open());
            client.configureBlocking(false);
            client.connect(listener.getLocalSocketAddress());
            queued.add(client);
        }
        test.turnUntil(
                () -> queued.stream().filter(ConnectRaceContract::isConnected).count() == 2);
        return listener;
    }

    private static boolean isConnected(SocketChannel client) {
        try {
            return client.finishConnect();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress addressOf(HostClient client) {
        return ((InetSocketAddress) requireNonNull(client.remoteAddress())).getAddress();
    }

    // Several addresses.

    @ParameterizedTest
    @EnumSource
    void addressThatRefusesIsFollowedByTheNextAtOnce(InterestPolicy policy) throws IOException {
        test.reopen(policy);
        ServerSocket listener = test.listener();
        HostClient client = test.connecting("host.test", listener.getLocalPort());
        test.turnUntil(client::connected);
        assertEquals(NamedHosts.v4(), addressOf(client));
        assertEquals(2, test.opened().size());
        assertEquals(1, test.openSockets());
    }

    @ParameterizedTest
    @EnumSource
    void addressThatDoesNotAnswerIsFollowedAfterTheDelay(InterestPolicy policy) throws IOException {
        test.reopen(policy);
        ServerSocket silent = unanswering(test.listeners().get(0));
        HostClient client = test.connecting("host.test", silent.getLocalPort());
        test.turnUntil(() -> test.openSockets() == 1);
        test.turnsAt(Duration.ofMillis(249));
        assertEquals(1, test.opened().size());
        test.turnsAt(Duration.ofMillis(250));
        test.turnUntil(client::connected);
        assertEquals(NamedHosts.v4(), addressOf(client));
        assertEquals(List.of(2, 1L), List.of(test.opened().size(), test.openSockets()));
        assertTrue(test.loop().toString().contains(" 0 timers"), test.loop()::toString);
    }

    @Test
    void slowAttemptGoesOnBesideTheNext() throws IOException {
        ServerSocket silent = unanswering();
        HostClient client = test.connecting("host.test", silent.getLocalPort()); // refused by the other address
        test.turnUntil(() -> test.openSockets() == 1);
        test.turnsAt(Duration.ofMillis(250));
        test.turnUntil(() -> test.opened().size() == 2 && test.openSockets() == 1);
        assertEquals(List.of(), client.hooks);
        for (SocketChannel other : queued) {
            other.close();
        }
        for (int i = 0; i < 2; i++) {
            test.closing(silent.accept()); // makes room for the client, which tries again after a second
        }
        test.turnUntil(client::connected);
        assertEquals(NamedHosts.v6(), addressOf(client));
    }

    @ParameterizedTest
    @EnumSource
    void failureOfAllAddressesIsOneErrorThatNamesEach(InterestPolicy policy) throws IOException {
        test.reopen(policy);
        int port = refusingPort();
        HostClient client = test.connecting("host.test", port);
        test.turnUntil(() -> !client.hooks.isEmpty());
        assertEquals(List.of("error"), client.hooks);
        ConnectException error = assertInstanceOf(ConnectException.class, client.error);
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith("cannot connect to host.test:" + port + ": 0:0:0:0:0:0:0:1: "), message);
        assertTrue(message.contains("; 127.0.0.1: "), message);
        assertEquals(2, error.getSuppressed().length);
        assertFalse(test.loop().runOnce(Duration.ZERO));
        assertEquals(0, test.openSockets());
    }

    @Test
    void layerThatCannotBeMadeIsAnError() throws IOException {
        ServerSocket listener = test.listener();
        HostClient client = new HostClient(test.loop());
        client.connect("host.test", listener.getLocalPort(), tcp -> {
            throw new IllegalArgumentException("by the test");
        });
        test.turnUntil(() -> !client.hooks.isEmpty());
        assertEquals(List.of("error"), client.hooks);
        assertTrue(String.valueOf(client.error).contains("by the test"), () -> String.valueOf(client.error));
        assertEquals(0, test.openSockets());
    }

    // Giving up.

    @Test
    void closeWhileTheNameIsResolvedEndsTheLoopAndInterruptsTheResolver() throws IOException {
        HostClient client = test.connecting("slow.test", refusingPort());
        test.turnUntil(() -> test.hosts.begun.get() == 1);
        client.close();
        assertFalse(test.loop().runOnce(Duration.ZERO));
        test.turnUntil(() -> test.hosts.interrupted.get() == 1);
    }

    @Test
    void addressesThatComeAfterCloseAreDropped() throws IOException {
        ServerSocket listener = test.listener();
        HostClient client = test.connecting("slow.test", listener.getLocalPort());
        test.turnUntil(() -> test.hosts.begun.get() == 1);
        client.close();
        client.createSocket();
        test.hosts.release();
        test.turnUntil(() -> test.hosts.ended.get() == 1);
        test.turnsAt(Duration.ofSeconds(1));
        assertFalse(client.connected());
        assertEquals(1, test.opened().size());
    }

    @Test
    void closeDuringTheRaceClosesAllSockets() throws IOException {
        HostClient client = racing();
        client.close();
        assertEquals(0, test.openSockets());
        test.turnsAt(Duration.ofSeconds(1));
        assertEquals(List.of(), client.hooks);
        assertTrue(test.loop().toString().contains(" 0 timers"), test.loop()::toString);
    }

    /** Returns a client with two sockets whose connections are not established. */
    private HostClient racing() throws IOException {
        ServerSocket silent = unanswering();
        test.hosts.put("host.test", NamedHosts.v6(), NamedHosts.v6(), NamedHosts.v4());
        HostClient client = test.connecting("host.test", silent.getLocalPort());
        test.turnUntil(() -> test.openSockets() == 1);
        test.turnsAt(Duration.ofMillis(250));
        assertEquals(2, test.openSockets());
        return client;
    }

    @Test
    void connectLimitIncludesTheRace() throws IOException {
        HostClient client = racing();
        client.setTimeLimit(TimeLimit.CONNECT, Duration.ofSeconds(1));
        test.turnsAt(Duration.ofMillis(1249));
        assertEquals(List.of(), client.hooks);
        test.turnsAt(Duration.ofMillis(1250));
        assertEquals(List.of("CONNECT"), client.hooks);
        assertEquals(0, test.openSockets());
    }

    @Test
    void closedLoopClosesAllSockets() throws IOException {
        HostClient client = racing();
        test.connecting("slow.test", refusingPort());
        test.loop().close();
        assertEquals(0, test.openSockets());
        test.hosts.release();
        assertEquals(List.of(), client.hooks);
    }

    @Test
    void shutdownClosesADispatcherThatIsConnecting() throws IOException {
        HostClient client = racing();
        test.loop().shutdown(Duration.ofSeconds(1));
        test.loop().run();
        assertEquals(List.of("close"), client.hooks);
        assertEquals(0, test.openSockets());
    }

    @Test
    void dispatcherThatLeavesTheLoopGivesUp() throws IOException {
        HostClient client = racing();
        client.delChannel();
        assertEquals(0, test.openSockets());
        client.addChannel();
        test.turnUntil(() -> !client.hooks.isEmpty());
        assertEquals(List.of("error"), client.hooks);
    }
}
