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

/** Contract of a dispatcher before and at its connect event. CPython does the same. */
@Timeout(120)
public abstract class ConnectEventContract {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long DEADLINE_NANOS = Duration.ofSeconds(30).toNanos();

    @RegisterExtension
    final LoopFixture fixture = new LoopFixture();

    private final List<String> log = new ArrayList<>();

    /** Makes the contract, for the tests of a backend. */
    protected ConnectEventContract() {}

    /** A client that records its hooks, and closes itself only in {@code handleError}. */
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

    /** Runs turns until a hook has been recorded. */
    private void runUntil(String hook) {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!log.contains(hook)) {
            assertTrue(System.nanoTime() < end, () -> hook + " is missing: " + log);
            fixture.loop().run(SHORT, 1);
        }
    }

    /** Skips the test on nio unless it runs on Linux, because elsewhere only the next read finds the reset. */
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
        runUntil("write");
        assertEquals(List.of("connect", "write"), log);
    }

    @Test
    void recvBeforeHandleConnectReceives() throws IOException {
        ServerSocket listener = listener();
        Client client = new Client(listener.getLocalSocketAddress());
        fixture.closing(listener.accept()).getOutputStream().write('a');
        long end = System.nanoTime() + DEADLINE_NANOS;
        byte[] got = {};
        while (got.length == 0 && System.nanoTime() < end) {
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
            if (client.send(new byte[1]) == 0) { // no connection is accepted, so one of the next stays pending
                fixture.loop().run(SHORT, 1);
                if (client.send(new byte[1]) == 0) {
                    assertEquals(0, client.recv(1).length);
                    assertTrue(client.connecting());
                    assertEquals(List.of(), log);
                    return;
                }
            }
        }
        Assumptions.abort("this system allows any number of pending connections");
    }

    @Test
    void resetIsAnErrorForDispatcherThatWasNotWritable() throws IOException {
        assumeResetsShow();
        ServerSocket listener = listener();
        new Client(listener.getLocalSocketAddress());
        Socket peer = listener.accept();
        quietTurn();
        reset(peer);
        runUntil("error");
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
        runUntil("error");
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
        runUntil("read 0");
        assertEquals(List.of("connect", "read 3", "close", "read 0"), log);
    }

    @Test
    void resetBySiblingsHookOfTheSameTurnIsAnErrorAtTheConnectEvent() throws IOException {
        assumeResetsShow();
        ServerSocket listener = listener();
        LoopConnection sibling = fixture.connection();
        Socket[] peer = new Socket[1];
        new ReadingDispatcher(fixture.loop(), sibling.channel(), () -> {
            if (peer[0] != null) {
                assertResets(peer[0]);
            }
        });
        Client client = new Client(listener.getLocalSocketAddress());
        peer[0] = listener.accept();
        client.writable = true;
        sibling.send();
        fixture.loop().run(SHORT, 1);
        runUntil("error");
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
        runUntil("bug");
        assertEquals(List.of("connect", "bug"), log);
        reset(peer);
        runUntil("error");
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
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!log.contains("close") && System.nanoTime() < end) {
            assertEquals(0, client.recv(1).length);
        }
        assertEquals(0, client.send(new byte[1]));
        runUntil("error");
        assertTrue(!log.contains("connect"), log::toString);
        assertEquals("close", log.get(0));
        assertEquals("error", log.get(log.size() - 1));
    }

    @Test
    void refusalFoundBySendIsReportedAgainByHandleError() throws IOException {
        SocketAddress withoutListener;
        try (ServerSocket gone = listener()) {
            withoutListener = gone.getLocalSocketAddress();
        }
        Client client;
        try {
            client = new Client(withoutListener);
        } catch (ConnectException e) {
            Assumptions.abort("refused at once");
            return;
        }
        assertThrows(ConnectException.class, () -> {
            while (client.send(new byte[1]) == 0) {
                Thread.onSpinWait();
            }
        });
        runUntil("error");
        assertEquals(List.of("error"), log);
    }
}
