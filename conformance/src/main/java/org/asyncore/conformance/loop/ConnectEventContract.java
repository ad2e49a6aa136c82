// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.SocketDispatcher;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract of a dispatcher before and at its connect event. CPython did the same when it was run beside this. */
@Timeout(120)
public abstract class ConnectEventContract {
    private static final Duration SHORT = Duration.ofMillis(50);

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** For a backend's tests. */
    protected ConnectEventContract() {}

    /** A client that records its hooks and closes itself in none. */
    private class Client extends SocketDispatcher {
        boolean writable;

        Client(SocketAddress remote) throws IOException {
            super(fixture.loop());
            createSocket();
            connect(remote);
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void handleConnect() {
            log.add("connect");
        }

        @Override
        public void handleRead() throws IOException {
            log.add("read " + recv(100).length);
        }

        @Override
        public void handleWrite() {
            writable = false;
            log.add("write");
        }

        @Override
        public void handleClose() {
            log.add("close");
        }

        @Override
        public void handleError(Throwable cause) {
            log.add("error");
            close();
        }
    }

    private ServerSocket listener() throws IOException {
        return fixture.closing(new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
    }

    private static void reset(Socket peer) throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }

    /** Runs a turn in which no hook may be called. */
    private void quietTurn() {
        fixture.loop().run(SHORT, 1);
        assertEquals(List.of(), log);
    }

    private void turns() {
        for (int i = 0; i < 40 && !log.contains("error"); i++) {
            fixture.loop().run(SHORT, 1);
        }
    }

    /** Skips the test on nio elsewhere than on Linux, because there only the next read finds the reset. */
    private void assumeResetsShow() {
        boolean linux = System.getProperty("os.name", "").startsWith("Linux");
        Assumptions.assumeTrue(
                linux || !fixture.loop().pollerName().equals("nio"), "on nio the next read finds the reset");
    }

    @Test
    void sendBeforeHandleConnectTransmits() throws IOException {
        ServerSocket listener = listener();
        Client client = new Client(listener.getLocalSocketAddress());
        Socket peer = fixture.closing(listener.accept());
        quietTurn();
        assertTrue(client.connecting());
        assertEquals(5, client.send("hello".getBytes(US_ASCII)));
        assertEquals("hello", new String(peer.getInputStream().readNBytes(5), US_ASCII));
        assertTrue(client.connecting());
        client.writable = true;
        fixture.loop().run(SHORT, 1);
        assertEquals(List.of("connect", "write"), log);
    }

    @Test
    void recvBeforeHandleConnectReceives() throws IOException {
        ServerSocket listener = listener();
        Client client = new Client(listener.getLocalSocketAddress());
        fixture.closing(listener.accept()).getOutputStream().write('a');
        byte[] got = {};
        for (int i = 0; i < 1000 && got.length == 0; i++) {
            got = client.recv(10);
        }
        assertEquals("a", new String(got, US_ASCII));
        assertEquals(List.of(), log);
        assertTrue(client.connecting());
    }

    @Test
    void sendAndRecvReturnZeroWhileConnecting() throws IOException {
        ServerSocket listener = listener();
        for (int i = 0; i < 10; i++) {
            Client client = new Client(listener.getLocalSocketAddress());
            if (client.send(new byte[1]) == 0) { // no connection is accepted, so one stays pending sooner or later
                fixture.loop().run(SHORT, 1);
                if (client.send(new byte[1]) == 0) {
                    assertEquals(0, client.recv(1).length);
                    assertTrue(client.connecting());
                    assertEquals(List.of(), log);
                    return;
                }
            }
        }
        Assumptions.abort("this system lets any number of connections wait");
    }

    @Test
    void resetIsAnErrorForDispatcherThatWasNotWritable() throws IOException {
        assumeResetsShow();
        ServerSocket listener = listener();
        new Client(listener.getLocalSocketAddress());
        Socket peer = listener.accept();
        quietTurn();
        reset(peer);
        turns();
        assertEquals(List.of("error"), log);
    }

    @Test
    void resetAfterAGreetingIsAnErrorAtTheConnectEvent() throws IOException {
        assumeResetsShow();
        ServerSocket listener = listener();
        new Client(listener.getLocalSocketAddress());
        Socket peer = listener.accept();
        quietTurn();
        peer.getOutputStream().write(new byte[3]);
        reset(peer);
        turns();
        assertEquals(List.of("error"), log);
    }

    @Test
    void greetingAndEndAreNoErrorAtTheConnectEvent() throws IOException {
        ServerSocket listener = listener();
        new Client(listener.getLocalSocketAddress());
        Socket peer = listener.accept();
        quietTurn();
        peer.getOutputStream().write(new byte[3]);
        peer.close();
        for (int i = 0; i < 40 && !log.contains("close"); i++) {
            fixture.loop().run(SHORT, 1);
        }
        assertEquals(List.of("connect", "read 3", "close", "read 0"), log);
    }

    @Test
    void resetBySiblingsHookOfTheSameTurnIsAnErrorAtTheConnectEvent() throws IOException {
        assumeResetsShow();
        ServerSocket listener = listener();
        LoopConnection sibling = fixture.connection();
        Socket[] peer = new Socket[1];
        new Reader(fixture.loop(), sibling.channel(), () -> {
            if (peer[0] != null) {
                assertResets(peer[0]);
            }
        });
        Client client = new Client(listener.getLocalSocketAddress());
        peer[0] = listener.accept();
        client.writable = true;
        sibling.send();
        fixture.loop().run(SHORT, 1);
        turns();
        assertEquals(List.of("error"), log);
    }

    private static void assertResets(Socket peer) {
        try {
            reset(peer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void resetAfterHandleConnectThrewIsAnErrorAtTheNextConnectEvent() throws IOException {
        assumeResetsShow();
        ServerSocket listener = listener();
        Client client = new Client(listener.getLocalSocketAddress()) {
            @Override
            public void handleConnect() {
                super.handleConnect();
                throw new IllegalArgumentException("by the test");
            }

            @Override
            public void handleError(Throwable cause) {
                log.add(cause instanceof IOException ? "error" : "bug");
                if (cause instanceof IOException) {
                    close();
                }
            }
        };
        client.writable = true;
        Socket peer = listener.accept();
        fixture.loop().run(SHORT, 1);
        assertEquals(List.of("connect", "bug"), log);
        reset(peer);
        turns();
        assertEquals("error", log.get(log.size() - 1));
        assertEquals(log.indexOf("error"), log.lastIndexOf("bug") + 1);
    }

    @Test
    void resetFoundByRecvSuppressesHandleConnect() throws IOException {
        assumeResetsShow();
        ServerSocket listener = listener();
        Client client = new Client(listener.getLocalSocketAddress());
        Socket peer = listener.accept();
        quietTurn();
        reset(peer);
        for (int i = 0; i < 1000 && !log.contains("close"); i++) {
            assertEquals(0, client.recv(1).length);
        }
        assertEquals(0, client.send(new byte[1]));
        turns();
        assertTrue(!log.contains("connect"), log::toString);
        assertEquals("close", log.get(0));
        assertEquals("error", log.get(log.size() - 1));
    }

    @Test
    void refusalFoundBySendIsReportedAgainByHandleError() throws IOException {
        SocketAddress deserted;
        try (ServerSocket gone = listener()) {
            deserted = gone.getLocalSocketAddress();
        }
        Client client;
        try {
            client = new Client(deserted);
        } catch (ConnectException e) {
            Assumptions.abort("refused at once");
            return;
        }
        assertThrows(ConnectException.class, () -> {
            while (client.send(new byte[1]) == 0) {
                Thread.onSpinWait();
            }
        });
        turns();
        assertEquals(List.of("error"), log);
    }
}
