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

/** How connections come to stand. */
public abstract class ConnectTracesContract {
    @RegisterExtension
    final Stage stage = new Stage();

    /** For a backend's tests. */
    protected ConnectTracesContract() {}

    @ParameterizedTest
    @EnumSource
    @Replays("connect_refused")
    void refusalIsAnErrorAndNoConnection(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Probe client = new Probe(stage, "client");
        client.out = "hi";
        client.createSocket();
        client.connect(stage.closedPort());
        Map<String, ?> before =
                Map.of("connected", client.connected(), "connecting", client.connecting(), "map_size", stage.mapSize());
        stage.await(client, Ops.READ);
        stage.cycles(3);
        stage.outcome("after_connect", before, "connected", client.connected(), "connecting", client.connecting());
        stage.outcome("unsent", client.out.length(), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    /** A probe that records the flags it sees in {@code handleConnect}. */
    private Probe observer() {
        return new Probe(stage, "client") {
            @Override
            public void handleConnect() {
                event("handle_connect", "connected", connected(), "connecting", connecting());
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    @Replays("connect_read_write_one_cycle")
    void greetingMakesConnectReadAndWriteOneCycle(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        ServerSocket listener = stage.listener();
        Probe client = observer();
        client.out = "abc";
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        Peer peer = stage.accept(listener);
        peer.send("hello");
        stage.await(client, Ops.READ);
        stage.cycles(1);
        stage.outcome("connected", client.connected(), "connecting", client.connecting());
        stage.outcome("got", client.got.length(), "peer_got", peer.receive(3), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("connect_seen_by_read")
    void connectionIsSeenByReadingWhenNotWritable(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        ServerSocket listener = stage.listener();
        Probe client = new Probe(stage, "client") {
            @Override
            public boolean writable() {
                return false;
            }
        };
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        Peer peer = stage.accept(listener);
        flags(client);
        stage.quietCycles(2);
        flags(client);
        peer.send("hello");
        stage.cycles(1);
        flags(client);
        stage.outcome("got", client.got.length(), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    private void flags(Probe client) {
        stage.driver("flags", "connected", client.connected(), "connecting", client.connecting());
    }

    @ParameterizedTest
    @EnumSource
    @Replays("connect_immediate_unix")
    void unixConnectionStandsInsideConnect(InterestPolicy policy, @TempDir Path directory) throws IOException {
        stage.begin(policy);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        ServerSocketChannel listener = stage.closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listener.bind(address, 1);
        Probe client = observer();
        client.out = "hello";
        client.createSocket(StandardProtocolFamily.UNIX, SocketType.STREAM);
        stage.driver("before_connect", "connected", client.connected(), "connecting", client.connecting());
        client.connect(address);
        stage.driver("after_connect", "connected", client.connected(), "connecting", client.connecting());
        stage.cycles(1);
        stage.outcome("addr_is_path", address.equals(client.remoteAddress()), "unsent", client.out.length());
        stage.outcome("map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("reset_before_connect_event")
    void resetBeforeTheConnectEventIsAnError(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        ServerSocket listener = stage.listener();
        Probe client = new Probe(stage, "client");
        client.out = "abc";
        client.createSocket();
        client.connect(listener.getLocalSocketAddress());
        stage.accept(listener).reset();
        stage.await(client, Ops.READ);
        stage.cycles(2);
        stage.outcome("unsent", client.out.length(), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("accept_returns_nothing")
    void acceptGivesNothingWhenNobodyWaits(InterestPolicy policy) throws Exception {
        stage.begin(policy);
        Twice listener = new Twice();
        listener.handleAccept();
        stage.driver("returned", "call", "handle_accept with empty backlog");
        listener.twice = true;
        stage.connect(listener);
        stage.cycles(1);
        stage.cameOutAsRecorded();
    }

    private final class Twice extends Acceptor {
        boolean twice;

        Twice() throws IOException {
            super(stage, channel -> {});
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
        Plain(Stage stage) {
            super(stage.loop());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("accepted_default")
    @Departs("log_info is SLF4J's warn")
    void unhandledConnectionIsClosed(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        try (LogCapture log = new LogCapture(Plain.class)) {
            Plain plain = new Plain(stage);
            plain.createSocket();
            plain.bind(Stage.LOOPBACK);
            plain.listen(5);
            Peer client = stage.connect((InetSocketAddress) Objects.requireNonNull(plain.localAddress()));
            stage.cycles(1);
            log.record(stage, "plain");
            stage.outcome("client_saw_end", client.receiveAll().isEmpty(), "map_size", stage.mapSize());
            stage.outcome("accepting", plain.accepting());
        }
        stage.cameOutInstead("""
                loop.cycle {"n":1}
                plain.log {"level":"WARN","message":"unhandled accepted event"}
                """);
    }

    @ParameterizedTest
    @EnumSource
    @Replays("listener_never_written")
    void listenerIsAskedButNeverWritten(InterestPolicy policy) throws IOException {
        stage.begin(policy);
        Acceptor listener = new Acceptor(stage, StreamChannel::close) {
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
        stage.quietCycles(1);
        Peer client = stage.connect(listener);
        stage.cycles(1);
        stage.quietCycles(1);
        stage.outcome("accepting", listener.accepting(), "connected", listener.connected());
        stage.outcome("client_saw_end", client.receiveAll().isEmpty(), "map_size", stage.mapSize());
        stage.cameOutAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("ipv6_echo")
    void echoOverIpv6(InterestPolicy policy) throws IOException {
        InetSocketAddress address = Stage.loopback(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        try (ServerSocket here = new ServerSocket(0, 1, address.getAddress())) {
            Assumptions.assumeTrue(here.isBound());
        } catch (IOException e) {
            Assumptions.abort("there is no IPv6 here: " + e);
        }
        stage.begin(policy);
        new Echo(stage).play(StandardProtocolFamily.INET6, address);
        stage.cameOutAsRecorded();
    }
}
