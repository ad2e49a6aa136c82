// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.InterestPolicy;
import org.asyncore.TimeLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of {@code connect(host, port)}, by a clock that the tests move. */
@Timeout(120)
public abstract class ConnectByNameContract {
    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    @RegisterExtension
    final HostLoop test = new HostLoop();

    /** Makes the contract, for the tests of a backend. */
    protected ConnectByNameContract() {}

    // The connection.

    private List<String> hooksOf(HostClient client, ServerSocket listener) throws IOException {
        try (Socket peer = listener.accept()) {
            test.turnUntil(() -> client.hooks.contains("write"));
            peer.getInputStream().readNBytes(1);
            peer.getOutputStream().write(new byte[3]);
            test.turnUntil(() -> client.hooks.contains("read 3"));
        }
        test.turnUntil(() -> client.hooks.contains("close"));
        return client.hooks;
    }

    @ParameterizedTest
    @EnumSource
    void hooksAreThoseOfAConnectionByAddress(InterestPolicy policy) throws IOException {
        test.reopen(policy);
        ServerSocket listener = test.listener();
        HostClient byAddress = new HostClient(test.loop());
        byAddress.createSocket();
        byAddress.connect(listener.getLocalSocketAddress());
        List<String> expected = hooksOf(byAddress, listener);
        test.hosts.put("host.test", NamedHosts.v4());
        HostClient byName = test.connecting("host.test", listener.getLocalPort());
        assertEquals("[host.test/<unresolved>:" + listener.getLocalPort() + "]", described(byName));
        test.turnUntil(() -> test.openSockets() == 1);
        assertEquals(expected, hooksOf(byName, listener));
        assertEquals(List.of("connect", "write", "read 3", "close"), expected);
    }

    private static String described(HostClient client) {
        return client.toString().substring(client.toString().indexOf('['));
    }

    @Test
    void connectedDispatcherHasTheSocketAndItsAddresses() throws IOException {
        ServerSocket listener = test.listener();
        test.hosts.put("host.test", NamedHosts.v4());
        HostClient client = test.connecting("host.test", listener.getLocalPort());
        assertTrue(client.connecting());
        assertNull(client.localAddress());
        test.turnUntil(client::connected);
        assertEquals(listener.getLocalSocketAddress(), client.remoteAddress());
        assertEquals(NamedHosts.v4(), ((InetSocketAddress) requireNonNull(client.localAddress())).getAddress());
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        assertEquals(1, test.loop().dispatchers().size());
        assertTrue(test.loop().toString().contains(" 0 timers"), test.loop()::toString);
    }

    @Test
    void nameOfThisHostIsResolvedByTheJdk() throws IOException {
        ServerSocket listener = test.listener();
        HostClient client = new HostClient(fixture.loop());
        client.connect("localhost", listener.getLocalPort());
        client.setTimeLimit(TimeLimit.CONNECT, Duration.ofSeconds(60));
        while (client.connecting()) {
            fixture.loop().runOnce(Duration.ofSeconds(1));
        }
        assertEquals("connect", client.hooks.get(0), () -> String.valueOf(client.error));
    }

    @Test
    void earlierSocketIsClosed() throws IOException {
        ServerSocket listener = test.listener();
        test.hosts.put("host.test", NamedHosts.v4());
        HostClient client = new HostClient(test.loop());
        client.createSocket();
        client.connect("slow.test", listener.getLocalPort());
        assertEquals(0, test.openSockets());
        client.connect("host.test", listener.getLocalPort());
        test.turnUntil(client::connected);
        client.connect("host.test", listener.getLocalPort());
        test.turnUntil(client::connected);
        assertEquals(1, test.openSockets());
    }

    @Test
    void nothingIsSentOrReceivedBeforeTheConnectionIsEstablished() throws IOException {
        HostClient client = test.connecting("slow.test", 80);
        assertEquals(0, client.send(new byte[1]));
        assertEquals(0, client.recv(1).length);
        assertThrows(
                UnsupportedOperationException.class, () -> client.setOption(StandardSocketOptions.TCP_NODELAY, true));
        assertEquals(List.of(), client.hooks);
    }

    // Resolving.

    @ParameterizedTest
    @EnumSource
    void loopServesOthersAndGoesOnWhileANameIsResolved(InterestPolicy policy) throws IOException {
        ServerSocket listener = test.listener();
        test.reopen(policy);
        test.hosts.put("slow.test", NamedHosts.v4());
        HostClient client = test.connecting("slow.test", listener.getLocalPort());
        List<String> served = new ArrayList<>();
        LoopConnection connection = fixture.connection();
        ReadingDispatcher other = new ReadingDispatcher(test.loop(), connection.channel(), () -> served.add("read"));
        connection.send();
        test.turnUntil(() -> served.contains("read"));
        other.close();
        assertTrue(test.loop().runOnce(Duration.ZERO));
        assertEquals(List.of(), client.hooks);
        test.hosts.release();
        test.turnUntil(client::connected);
    }

    @Test
    void namesThatHangDoNotDelayOthers() throws IOException {
        ServerSocket listener = test.listener();
        test.hosts.put("host.test", NamedHosts.v4());
        for (int i = 0; i < 8; i++) {
            test.connecting("slow.test", listener.getLocalPort());
        }
        test.turnUntil(() -> test.hosts.begun.get() == 8);
        test.turnUntil(test.connecting("host.test", listener.getLocalPort())::connected);
    }

    @ParameterizedTest
    @EnumSource
    void unknownNameIsAnErrorWithHostAndPort(InterestPolicy policy) throws IOException {
        test.reopen(policy);
        HostClient client = test.connecting("missing.test", 80);
        test.turnUntil(() -> !client.hooks.isEmpty());
        assertEquals(List.of("error"), client.hooks);
        assertInstanceOf(UnknownHostException.class, client.error);
        assertEquals(
                "cannot connect to missing.test:80, because its name cannot be resolved: no such host in this test."
                        + " Check the name, and the name servers of this system",
                client.error.getMessage());
        assertFalse(test.loop().runOnce(Duration.ZERO));
    }

    @Test
    void nameThatIsNotResolvedWithin30SecondsIsAnError() throws IOException {
        HostClient client = test.connecting("slow.test", 80);
        test.turnsAt(Duration.ofSeconds(29));
        assertEquals(List.of(), client.hooks);
        test.turnsAt(Duration.ofSeconds(30));
        assertEquals(List.of("error"), client.hooks);
        assertInstanceOf(UnknownHostException.class, client.error);
    }

    @Test
    void connectLimitIncludesTheResolving() throws IOException {
        ServerSocket listener = test.listener();
        test.hosts.put("slow.test", NamedHosts.v4());
        HostClient client = test.connecting("slow.test", listener.getLocalPort());
        client.setTimeLimit(TimeLimit.CONNECT, Duration.ofSeconds(10));
        test.turnsAt(Duration.ofSeconds(9));
        assertEquals(List.of(), client.hooks);
        test.turnsAt(Duration.ofSeconds(10));
        assertEquals(List.of("CONNECT"), client.hooks);
    }

    @Test
    void layerOverTheConnectionIsSecuredBeforeHandleConnect() throws IOException {
        ServerSocket listener = test.listener();
        HostClient client = new HostClient(test.loop());
        test.hosts.put("host.test", NamedHosts.v4());
        client.connect("host.test", listener.getLocalPort(), ToyLayer::new);
        client.setTimeLimit(TimeLimit.CONNECT, Duration.ofSeconds(10));
        client.setTimeLimit(TimeLimit.IDLE, Duration.ofSeconds(10));
        test.turnUntil(() -> test.openSockets() == 1);
        Socket peer = test.closing(listener.accept());
        test.turnUntil(() -> available(peer) == 1);
        test.turnsAt(Duration.ofSeconds(9));
        assertEquals(List.of(), client.hooks);
        assertTrue(client.connecting());
        peer.getOutputStream().write('!');
        test.turnUntil(client::connected);
        test.turnUntil(() -> client.hooks.contains("write"));
        test.turnsAt(Duration.ofSeconds(18));
        assertEquals(List.of("connect", "write"), client.hooks);
    }

    private static int available(Socket peer) {
        try {
            return peer.getInputStream().available();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
