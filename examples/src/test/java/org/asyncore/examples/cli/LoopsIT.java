// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers run in several loops, with one listener, or with one for each loop. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@ParameterizedClass
@MethodSource("org.asyncore.examples.support.ExamplePollers#names")
final class LoopsIT {
    private final String poller;
    private final List<Socket> clients = new ArrayList<>();

    LoopsIT(String poller) {
        this.poller = ExamplePollers.assumeAvailable(poller);
    }

    @AfterEach
    void closeClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private Program serve(String options) throws IOException {
        return Program.example(("echo-server --loops 2 --poller " + poller + " " + options)
                .strip()
                .split(" +"));
    }

    private Socket connect(int port) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(120_000);
        clients.add(client);
        return client;
    }

    private static void assertEchoes(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        assertEquals(value, client.getInputStream().read());
    }

    private static void assertEndsOnSigterm(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--reuse-port"})
    void connectionsOfAllLoopsAreServedUntilSigterm(String options) throws Exception {
        try (Program server = serve(options)) {
            int port = Integer.parseInt(server.port());
            assertTrue(server.err().contains(" by 2 loops of " + poller), server::err);
            for (int i = 0; i < 16; i++) {
                assertEchoes(connect(port), i);
            }
            for (int i = 0; i < 16; i++) {
                assertEchoes(clients.get(i), 16 + i);
            }
            assertEndsOnSigterm(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--reuse-port"})
    void limitOfConnectionsHoldsForAllLoopsTogether(String options) throws Exception {
        try (Program server = serve("--max-connections 3 " + options)) {
            int port = Integer.parseInt(server.port());
            for (int i = 0; i < 3; i++) {
                assertEchoes(connect(port), i);
            }
            server.awaitErr("has 3 connections, the limit (--max-connections)");
            Socket fourth = connect(port);
            fourth.getOutputStream().write(3);
            clients.get(0).close();
            assertEquals(3, fourth.getInputStream().read());
            assertEndsOnSigterm(server);
        }
    }
}
