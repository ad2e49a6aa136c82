// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.asyncore.InterestPolicy;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of the scenarios of four examples that often introduce asyncore. */
public abstract class SeedTracesContract {
    private static final Duration COUNTER_TIMEOUT = Duration.ofMillis(100);
    private static final Map<String, Integer> RESPONSE_BYTES = Map.of("python", 318, "doughellmann", 481);
    private static final Map<String, String> URLS = Map.of(
            "python", "http://www.python.org/",
            "doughellmann", "http://www.doughellmann.com/PyMOTW/contents.html");

    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** Makes the contract, for the tests of a backend. */
    protected SeedTracesContract() {}

    @ParameterizedTest
    @EnumSource
    @Replays("seed_echo")
    void echoServerAndClientExchangeTheMessage(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        String message = Recording.lorem();
        SeedEcho.Client client = new SeedEcho(scenario).start(message);
        scenario.loop().run();
        scenario.outcome("received", client.got.length(), "equal", client.got.equals(message));
        scenario.outcome("map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    private final class HttpClient extends Probe {
        HttpClient(String who) {
            super(scenario, who);
            out = "GET " + URLS.get(who) + " HTTP/1.0\r\n\r\n";
        }

        @Override
        public boolean readable() {
            if (recordsPredicates) {
                event("readable", "result", true);
            }
            return true;
        }

        @Override
        public boolean writable() {
            boolean result = !out.isEmpty();
            if (result && recordsPredicates) {
                event("writable", "result", true);
            }
            return result;
        }

        @Override
        public void handleRead() throws IOException {
            byte[] data = recv(8192);
            got += new String(data, ISO_8859_1);
            event("handle_read", "bytes", data.length);
        }
    }

    private static String response(String who) {
        String head = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n";
        return head + "x".repeat(Objects.requireNonNull(RESPONSE_BYTES.get(who)) - head.length());
    }

    private static void receiveRequest(ScenarioPeer peer) {
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith("\r\n\r\n")) {
            String next = peer.receive(1);
            if (next.isEmpty()) {
                throw new IllegalStateException("the request ends early: " + request);
            }
            request.append(next);
        }
    }

    private static Map<String, Integer> received(List<? extends Probe> clients) {
        return clients.stream().collect(Collectors.toMap(client -> client.who, client -> client.got.length()));
    }

    @ParameterizedTest
    @EnumSource
    @Replays("seed_http_clients")
    void twoHttpClientsShareOneLoop(InterestPolicy policy) throws Exception {
        scenario.begin(policy);
        List<HttpClient> clients = new ArrayList<>();
        List<CompletableFuture<Void>> servers = new ArrayList<>();
        for (String who : List.of("python", "doughellmann")) {
            ServerSocket listener = scenario.listener();
            servers.add(CompletableFuture.runAsync(() -> serve(listener, who)));
            HttpClient client = new HttpClient(who);
            client.createSocket();
            client.connect(listener.getLocalSocketAddress());
            clients.add(client);
        }
        scenario.loop().run();
        for (CompletableFuture<Void> server : servers) {
            server.get(Scenario.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        scenario.outcome("received", received(clients), "map_size", scenario.mapSize());
        scenario.assertAsRecorded();
    }

    private static void serve(ServerSocket listener, String who) {
        try (ScenarioPeer peer = new ScenarioPeer(listener.accept())) {
            receiveRequest(peer);
            peer.send(response(who));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("seed_loop_counter")
    void applicationRunsTheLoopInSteps(InterestPolicy policy) throws IOException {
        scenario.begin(policy);
        Map<String, ServerSocket> listeners = new LinkedHashMap<>();
        List<HttpClient> clients = new ArrayList<>();
        for (String who : List.of("doughellmann", "python")) {
            ServerSocket listener = scenario.listener();
            HttpClient client = new HttpClient(who);
            client.recordsPredicates = true;
            client.createSocket();
            client.connect(listener.getLocalSocketAddress());
            scenario.await(client, Ops.WRITE);
            clients.add(client);
            listeners.put(who, listener);
        }
        countLoops(listeners);
        scenario.outcome("received", received(clients));
        scenario.assertAsRecorded();
    }

    private void countLoops(Map<String, ServerSocket> listeners) throws IOException {
        Map<String, ScenarioPeer> peers = new LinkedHashMap<>();
        int counter = 0;
        while (scenario.mapSize() > 0 && counter < 20) {
            counter++;
            scenario.trace().event("loop", "cycle", "n", counter);
            long begin = System.nanoTime();
            scenario.loop().run(counter == 2 ? COUNTER_TIMEOUT : Scenario.PATIENCE, 1);
            switch (counter) {
                case 1 -> {
                    for (Map.Entry<String, ServerSocket> listener : listeners.entrySet()) {
                        ScenarioPeer peer = scenario.accept(listener.getValue());
                        receiveRequest(peer);
                        peers.put(listener.getKey(), peer);
                    }
                }
                case 2 -> {
                    long took = System.nanoTime() - begin;
                    scenario.outcome("idle_cycle_waited", took >= COUNTER_TIMEOUT.toNanos());
                    respond("python", peers);
                }
                case 4 -> respond("doughellmann", peers);
                default -> {}
            }
        }
        scenario.outcome("cycles", counter);
    }

    private static void respond(String who, Map<String, ScenarioPeer> peers) throws IOException {
        try (ScenarioPeer peer = Objects.requireNonNull(peers.get(who))) {
            peer.send(response(who));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Replays("seed_file_reader")
    @DiffersFromAsyncore("a file is opened by its path, so there is no descriptor to duplicate")
    void fileIsReadBlockByBlock(InterestPolicy policy, @TempDir Path directory) throws IOException {
        scenario.begin(policy);
        Path file = Files.writeString(directory.resolve("lorem.txt"), Recording.lorem(), ISO_8859_1);
        FileProbe reader = new FileProbe(scenario, "FileReader", file);
        scenario.outcome("connected_after_init", reader.connected());
        scenario.loop().run();
        scenario.outcome("received", reader.got.length(), "equal", reader.got.equals(Recording.lorem()));
        scenario.outcome("map_size", scenario.mapSize(), "descriptor_duplicated", null);
        Map<String, @Nullable Object> differences = Trace.map("descriptor_duplicated", null);
        scenario.assertEvents("", differences);
    }
}
