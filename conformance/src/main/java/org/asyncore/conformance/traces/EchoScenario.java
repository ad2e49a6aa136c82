// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.asyncore.SocketType;
import org.asyncore.channels.StreamChannel;

/** A listener, its handler, and a client that sends 1000 bytes and expects them back. */
final class EchoScenario {
    private static final int MESSAGE_BYTES = 1000;

    private final Scenario scenario;
    private boolean accepted;

    EchoScenario(Scenario scenario) {
        this.scenario = scenario;
    }

    void play(ProtocolFamily family, SocketAddress address) throws IOException {
        String message = IntStream.range(0, MESSAGE_BYTES)
                .mapToObj(i -> String.valueOf((char) (i % 251)))
                .collect(Collectors.joining());
        Acceptor listener = new Acceptor(scenario, family, address, 1, this::spawn);
        Probe client = new Client();
        client.out = message;
        client.createSocket(family, SocketType.STREAM);
        client.connect(Objects.requireNonNull(listener.localAddress()));
        long end = System.nanoTime() + Scenario.PATIENCE.toNanos();
        while (!(scenario.mapSize() == 1 && accepted) && System.nanoTime() < end) {
            scenario.loop().run(Scenario.QUIET, 1);
        }
        listener.close();
        scenario.outcome("equal", client.got.equals(message), "map_size", scenario.mapSize());
    }

    private void spawn(StreamChannel channel) {
        accepted = true;
        new Handler(channel);
    }

    private final class Handler extends Probe {
        Handler(StreamChannel channel) {
            super(scenario, "handler", channel);
        }

        @Override
        public void handleRead() throws IOException {
            int before = got.length();
            super.handleRead();
            out += got.substring(before);
        }
    }

    private final class Client extends Probe {
        Client() {
            super(scenario, "client");
        }

        @Override
        public void handleRead() throws IOException {
            super.handleRead();
            if (got.length() == MESSAGE_BYTES) {
                close();
            }
        }
    }
}
