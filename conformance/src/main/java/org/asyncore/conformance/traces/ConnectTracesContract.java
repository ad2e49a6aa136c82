// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.asyncore.InterestPolicy;
import org.asyncore.SocketDispatcher;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of the scenarios of connecting. */
public abstract class ConnectTracesContract {
    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected ConnectTracesContract() {}

    @ParameterizedTest
    @EnumSource
    @Replays("connect_refused")
    void refusedConnectIsAnErrorWithoutHandleConnect(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Probe client = new Probe(scenario, "client");
        client.out = "hi";
        client.createSocket();
        client.connect(scenario.closedPort());
        Map<String, ?> before = Map.of(
                "connected", client.connected(), "connecting", client.connecting(), "map_size", scenario.mapSize());
        scenario.await(client, Ops.READ);
        scenario.cycles(3);
        scenario.outcome("after_connect", before, "connected", client.connected(), "connecting", client.connecting());
        scenario.outcome("unsent", client.out.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    /** Returns a probe that records its state in {@code handleConnect}. */
    private Probe observer() {
        return new Probe(scenario, "client") {
            @Override
            public void handleConnect() {
                event("handle_connect", "connected", connected(), "connecting", connecting());
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    @Replays("connect_read_write_one_cycle")
    void greetingIsReadInTheCycleOfTheConnectEvent(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ServerSocket listener = scenario.listener();
        Probe client = observer();
        client.out = "abc";
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        ScenarioPeer peer = scenario.accept(listener);
        peer.send("hello");
        scenario.await(client, Ops.READ);
        scenario.cycles(1);
        scenario.outcome("connected", client.connected(), "connecting", client.connecting());
        scenario.outcome("got", client.got.length(), "peer_got", peer.receive(3), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("connect_seen_by_read")
    void readEventReportsTheConnectionWhenNotWritable(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ServerSocket listener = scenario.listener();
        Probe client = new Probe(scenario, "client") {
            @Override
            public boolean writable() {
                return false;
            }
        };
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        ScenarioPeer peer = scenario.accept(listener);
        flags(client);
        scenario.quietCycles(2);
        flags(client);
        peer.send("hello");
        scenario.cycles(1);
        flags(client);
        scenario.outcome("got", client.got.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    private void flags(Probe client) {
        scenario.driver("flags", "connected", client.connected(), "connecting", client.connecting());
    }

    @ParameterizedTest
    @EnumSource
    @Replays("connect_immediate_unix")
    void unixConnectionIsEstablishedInsideConnect(InterestPolicy policy, @TempDir Path directory) throws IOException {
        scenario.begin(policy);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        ServerSocketChannel listener = scenario.closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listener.bind(address, 1);
        Probe client = observer();
        client.out = "hello";
        client.createSocket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        scenario.driver("before_connect", "connected", client.connected(), "connecting", client.connecting());
        client.connect(address);
        scenario.driver("after_connect", "connected", client.connected(), "connecting", client.connecting());
        scenario.cycles(1);
        scenario.outcome("addr_is_path", address.equals(client.remoteAddress()), "unsent", client.out.length());
        scenario.outcome("map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("reset_before_connect_event")
    void resetBeforeTheConnectEventIsAnError(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        ServerSocket listener = scenario.listener();
        Probe client = new Probe(scenario, "client");
        client.out = "abc";
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        scenario.accept(listener).reset();
        scenario.await(client, Ops.READ);
        scenario.cycles(2);
        scenario.outcome("unsent", client.out.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("accept_returns_nothing")
    void acceptWithoutAConnectionReturnsNothing(InterestPolicy policy) throws Exception {
        scenario.begin(policy);
        Twice listener = new Twice();
        listener.handleAccept();
        scenario.driver("returned", "call", "handle_accept with empty backlog");
        listener.twice = true;
        scenario.connect(listener);
        scenario.cycles(1);
        scenario.assertAsRecorded();
    }

    private final class Twice extends Acceptor {
        boolean twice;

        Twice() throws IOException {
            super(scenario, channel -> {});
        }

        @Override
        public void handleAccept() throws Exception {
            if (!twice) {
                super.handleAccept();
                return;
            }
            for (int i = 0; i < 2; i++) {
                StreamChannel accepted = accept();
                event("accept", "got", accepted != null);
                if (accepted != null) {
                    accepted.close();
                }
            }
        }
    }

    private static final class Plain extends SocketDispatcher {
        Plain(Scenario scenario) {
            super(scenario.loop());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("accepted_default")
    @DiffersFromAsyncore("log_info is SLF4J's warn")
    void unhandledConnectionIsClosed(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        try (LogCapture log = new LogCapture(Plain.class)) {
            Plain plain = new Plain(scenario);
            plain.createSocket();
            plain.bind(Scenario.LOOPBACK);
            plain.listen(5);
            ScenarioPeer client = scenario.connect((InetSocketAddress) Objects.requireNonNull(plain.localAddress()));
            scenario.cycles(1);
            log.record(scenario, "plain");
            scenario.outcome("client_saw_end", client.receiveAll().isEmpty(), "map_size", scenario.mapSize());
            scenario.outcome("accepting", plain.accepting());
        }
        scenario.assertEvents("""
                loop.cycle {"n":1}
                plain.log {"level":"WARN","message":"unhandled accepted event"}
                """);
    }

    @ParameterizedTest
    @EnumSource
    @Replays("listener_never_written")
    void listenerIsAskedButNeverWritten(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Acceptor listener = new Acceptor(scenario, StreamChannel::close) {
            @Override
            public boolean writable() {
                event("writable", "result", true);
                return true;
            }

            @Override
            public void handleAccept() throws Exception {
                event("handle_accept");
                super.handleAccept();
            }
        };
        listener.recordsPredicates = true;
        scenario.quietCycles(1);
        ScenarioPeer client = scenario.connect(listener);
        scenario.cycles(1);
        scenario.quietCycles(1);
        scenario.outcome("accepting", listener.accepting(), "connected", listener.connected());
        scenario.outcome("client_saw_end", client.receiveAll().isEmpty(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("ipv6_echo")
    void echoOverIpv6(InterestPolicy policy) throws IOException {
        InetSocketAddress address = Scenario.loopback(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        try (ServerSocket here = new ServerSocket(0, 1, address.getAddress())) {
            Assumptions.assumeTrue(here.isBound());
        } catch (IOException e) {
            Assumptions.abort("there is no IPv6 here: " + e);
        }
        scenario.begin(policy);
        new EchoScenario(scenario).play(StandardProtocolFamily.INET6, address);
        scenario.assertAsRecorded();
    }
}
