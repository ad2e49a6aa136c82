// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.asyncore.InterestPolicy;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of the scenarios that depend on Linux's reports of resets, hang-ups, urgent data and pipes. */
public abstract class LinuxTracesContract {
    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected LinuxTracesContract() {}

    /** Returns true if the poller reports urgent data, as only epoll does. */
    protected boolean seesUrgentData() {
        return false;
    }

    private void begin(InterestPolicy policy) {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "the recording holds on Linux only");
        scenario.begin(policy);
    }

    @ParameterizedTest
    @EnumSource
    @Replays("connect_refused_not_closed")
    @DiffersFromAsyncore("a refused dispatcher that stays open is unconnected, and handleConnect is not called")
    void refusedSocketThatStaysOpenIsUnconnected(InterestPolicy policy) throws IOException {
        begin(policy);
        Probe client = new Probe(scenario, "client");
        client.out = "hi";
        client.closesOnError = false;
        client.createSocket();
        client.connect(scenario.closedPort());
        scenario.await(client, Ops.READ);
        scenario.cycles(3);
        scenario.outcome("unsent", client.out.length(), "map_size", scenario.mapSize());
        scenario.assertEvents("""
                loop.cycle {"n":1}
                client.handle_error {"error":"ECONNREFUSED"}
                client.handle_close
                client.handle_write {"sent":0}
                """);
    }

    @ParameterizedTest
    @EnumSource
    @Replays("unconnected_in_map")
    void readOfUnconnectedSocketIsTheEnd(InterestPolicy policy) throws IOException {
        begin(policy);
        Probe idle = new Probe(scenario, "idle");
        idle.createSocket();
        scenario.outcome("map_size_before", scenario.mapSize());
        scenario.cycles(2);
        scenario.outcome("map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("reset_during_read")
    void resetDuringAReadCloses(InterestPolicy policy) throws IOException {
        begin(policy);
        ScenarioConnection pair = scenario.pairThatSent("d".repeat(100));
        Probe reader = new Probe(scenario, "reader", pair.ours());
        scenario.cycles(1);
        pair.peer().reset();
        scenario.driver("peer_reset");
        scenario.cycles(3);
        scenario.outcome("connected", reader.connected(), "got", reader.got.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("reset_during_write")
    void resetDuringAWriteCloses(InterestPolicy policy) throws IOException {
        begin(policy);
        ScenarioConnection pair = scenario.pair();
        Probe writer = new Probe(scenario, "writer", pair.ours()) {
            @Override
            public boolean readable() {
                return false;
            }
        };
        writer.out = "w".repeat(4096);
        scenario.cycles(2);
        pair.peer().reset();
        scenario.driver("peer_reset");
        scenario.await(writer, Ops.READ);
        scenario.cycles(3);
        scenario.outcome(
                "unsent", writer.out.length(), "connected", writer.connected(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("reset_with_pending_write")
    void resetFoundByTheReadSkipsTheWrite(InterestPolicy policy) throws IOException {
        begin(policy);
        ScenarioConnection pair = scenario.pair();
        Probe reader = new Probe(scenario, "reader", pair.ours());
        reader.out = "z".repeat(10);
        pair.peer().reset();
        scenario.await(reader, Ops.READ);
        scenario.cycles(3);
        scenario.outcome("unsent", reader.out.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("own_half_close")
    void inputIsReadAfterBothDirectionsAreClosed(InterestPolicy policy) throws IOException {
        begin(policy);
        ScenarioConnection pair = scenario.pair();
        Probe asker = new Probe(scenario, "asker", pair.ours());
        asker.shutdownOutput();
        pair.peer().receiveAll();
        pair.peer().send("r".repeat(1300));
        pair.peer().close();
        scenario.cycles(5);
        scenario.outcome("got", asker.got.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("unix_echo")
    void echoOverUnixSockets(InterestPolicy policy, @TempDir Path directory) throws IOException {
        begin(policy);
        new EchoScenario(scenario)
                .play(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(directory.resolve("s")));
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("oob_expt")
    @DiffersFromAsyncore(
            "only on pollers that see no urgent data: there handle_expt is never called and the byte is not seen")
    void handleExptIsCalledAfterReadAndWrite(InterestPolicy policy) throws IOException {
        begin(policy);
        ScenarioConnection pair = scenario.pair();
        Receiver receiver = new Receiver(pair.ours());
        pair.peer().send("abc");
        pair.peer().sendUrgent('!');
        pair.peer().send("def");
        scenario.await(receiver, Ops.READ);
        if (seesUrgentData()) {
            scenario.awaitUrgent(pair.ours());
        }
        scenario.cycles(2);
        scenario.quietCycles(1);
        pair.peer().sendUrgent('?');
        scenario.driver("second_urgent_byte");
        cyclesWithTheSecondUrgentByte();
        scenario.outcome("got", receiver.got, "connected", receiver.connected());
        if (seesUrgentData()) {
            scenario.assertAsRecorded();
        } else {
            scenario.assertEvents(WITHOUT_URGENT_DATA);
        }
    }

    private static final String WITHOUT_URGENT_DATA = """
            loop.cycle {"n":1}
            receiver.handle_read {"bytes":3}
            loop.cycle {"n":2}
            receiver.handle_read {"bytes":3}
            loop.cycle {"n":3}
            driver.second_urgent_byte
            loop.cycle {"n":4}
            loop.cycle {"n":5}
            """;

    private void cyclesWithTheSecondUrgentByte() {
        if (seesUrgentData()) {
            scenario.cycles(2);
        } else {
            scenario.quietCycles(2);
        }
    }

    private final class Receiver extends Probe {
        private int calls;

        Receiver(StreamChannel channel) {
            super(scenario, "receiver", channel);
        }

        @Override
        public void handleExpt() throws IOException {
            @Nullable String data = calls++ == 0 ? String.valueOf((char) recvUrgent()) : null;
            event("handle_expt", "data", data);
        }
    }

    /** Opens a FIFO in place of the pipe, because it behaves the same when it is opened by its path. */
    private static Path fifo(Path directory) throws IOException, InterruptedException {
        Path path = directory.resolve("fifo");
        int status = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        Assumptions.assumeTrue(status == 0, "there is no mkfifo here");
        return path;
    }

    @ParameterizedTest
    @EnumSource
    @Replays("file_pipe_writer_closed")
    void pipeIsReadToItsEnd(InterestPolicy policy, @TempDir Path directory) throws Exception {
        begin(policy);
        Path fifo = fifo(directory);
        FileProbe pipe = new FileProbe(scenario, "pipe", fifo);
        try (OutputStream writer = new FileOutputStream(fifo.toFile())) {
            writer.write(new byte[700]);
        }
        scenario.cycles(5);
        scenario.outcome("got", pipe.got.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    @ParameterizedTest
    @EnumSource
    @Replays("file_pipe_writer_open")
    void pipeEndsWhenItsWriterCloses(InterestPolicy policy, @TempDir Path directory) throws Exception {
        begin(policy);
        Path fifo = fifo(directory);
        FileProbe pipe = new FileProbe(scenario, "pipe", fifo);
        try (OutputStream writer = new FileOutputStream(fifo.toFile())) {
            writer.write(new byte[700]);
            scenario.cycles(3);
        }
        scenario.driver("writer_closed");
        scenario.cycles(2);
        scenario.outcome("got", pipe.got.length(), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }
}
