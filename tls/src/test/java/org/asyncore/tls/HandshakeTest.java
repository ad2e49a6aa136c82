// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.asyncore.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes, and the errors of both sides if they fail. */
@Timeout(300)
@ParameterizedClass
@MethodSource("org.asyncore.tls.PollerAndPolicy#all")
final class HandshakeTest {
    private final Loop loop;

    HandshakeTest(PollerAndPolicy pollerAndPolicy) {
        loop = pollerAndPolicy.open();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static SSLSession session(RecordingDispatcher dispatcher) {
        return ((TlsChannel) dispatcher.channel()).session();
    }

    private static String peer(SSLSession session) throws Exception {
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    /** Fails if the loop spins, because then it makes thousands of turns in this time. */
    private void assertSleeps() {
        int turns = LoopAwait.turns(loop, Duration.ofMillis(300));
        assertTrue(turns < 10, () -> turns + " turns");
    }

    /** Sends a word to the server, and returns the server's dispatcher once it has received the word. */
    private RecordingDispatcher greeted(TestListener listener, RecordingDispatcher client) throws Exception {
        client.send(bytes("hello"));
        LoopAwait.until(
                loop,
                () -> client.error != null
                        || listener.dispatchers.stream().anyMatch(dispatcher -> dispatcher.received.size() == 5));
        assertNull(client.error, () -> String.valueOf(client.error));
        return listener.dispatchers.get(listener.dispatchers.size() - 1);
    }

    @Test
    void acceptedConnectionWaitsWithoutTurnsForTheFirstByte() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        try (Socket silent = listener.dial()) {
            LoopAwait.until(loop, () -> listener.dispatchers.size() == 1);
            RecordingDispatcher server = listener.dispatchers.get(0);
            server.send(bytes("welcome"));
            assertSleeps();
            assertEquals("[]", server.hooks.toString());
            assertTrue(silent.isConnected());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverCanSendFirst(String protocol) throws Exception {
        TestListener listener = new TestListener(loop, channel -> {
            RecordingDispatcher dispatcher =
                    new RecordingDispatcher(loop, TlsChannel.server(channel, TestPeers.LOCALHOST));
            dispatcher.send(bytes("welcome"));
            return dispatcher;
        });
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST, protocol);
        LoopAwait.until(loop, () -> client.text().equals("welcome"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshakeRunsWithoutInterest(String protocol) throws Exception {
        TestListener listener = new TestListener(loop, channel -> {
            RecordingDispatcher dispatcher =
                    new RecordingDispatcher(loop, TlsChannel.server(channel, TestPeers.LOCALHOST));
            dispatcher.listening = false;
            return dispatcher;
        });
        PeerThread<String> peer = PeerThread.run(() -> {
            try (SSLSocket socket = TestPeers.socket(listener.port(), TestPeers.LOCALHOST, protocol)) {
                return peer(socket.getSession());
            }
        });
        assertEquals("CN=localhost", peer.result(loop));
        assertEquals("[]", listener.dispatchers.get(0).hooks.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshakeCompletesByteByByte(String protocol) throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        try (OneByteRelay trickle = new OneByteRelay(listener.port())) {
            SSLEngine engine = TestPeers.engine(listener, TestPeers.LOCALHOST, protocol);
            RecordingDispatcher client = new RecordingDispatcher(loop);
            client.createSocket();
            client.setSocket(TlsChannel.over(client.channel(), engine));
            client.connect(trickle.at());
            RecordingDispatcher server = greeted(listener, client);
            server.send(bytes("welcome"));
            LoopAwait.until(loop, () -> client.text().equals("welcome"));
            client.close();
            LoopAwait.until(loop, server::isClosed);
            assertEquals("[close]", server.hooks.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void secondHandshakeResumesTheSession(String protocol) throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        long created = sessionOf(listener, protocol);
        while (System.currentTimeMillis() <= created) {
            Thread.onSpinWait(); // so that a new session has another creation time
        }
        assertEquals(created, sessionOf(listener, protocol));
        assertEquals(created, sessionOf(listener, protocol));
    }

    /** Returns the creation time of a new connection's session, once the client has had time to receive a ticket. */
    private long sessionOf(TestListener listener, String protocol) throws Exception {
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST, protocol);
        RecordingDispatcher server = greeted(listener, client);
        server.send(bytes("welcome"));
        LoopAwait.until(loop, () -> client.text().equals("welcome"));
        long created = session(client).getCreationTime();
        client.close();
        LoopAwait.until(loop, server::isClosed);
        listener.dispatchers.clear();
        return created;
    }

    @Test
    void clientSendsTheServerName() throws Exception {
        TestListener listener = TestPeers.listener(loop, Certificates.context("localhost", "other.test"));
        for (String name : new String[] {"localhost", "other.test"}) {
            SSLEngine engine = ClientEngine.of(TestPeers.LOCALHOST, name + ".", listener.port());
            RecordingDispatcher client = TestPeers.client(loop, listener, engine);
            greeted(listener, client);
            assertEquals("CN=" + name, peer(session(client)));
            listener.dispatchers.clear();
        }
    }

    @Test
    void addressIsNotSentAsNameButCanBeInTheCertificate() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        SSLEngine engine = ClientEngine.of(TestPeers.LOCALHOST, "127.0.0.1", listener.port());
        assertEquals("[]", engine.getSSLParameters().getServerNames().toString());
        greeted(listener, TestPeers.client(loop, listener, engine));
        SSLEngine sixth = ClientEngine.of(TestPeers.LOCALHOST, "::1", listener.port());
        assertEquals("[]", sixth.getSSLParameters().getServerNames().toString());
    }

    @Test
    void firstCommonProtocolOfTheServersListIsChosen() throws Exception {
        TestListener listener = new TestListener(loop, channel -> {
            SSLEngine engine = TestPeers.LOCALHOST.createSSLEngine();
            engine.setUseClientMode(false);
            return new RecordingDispatcher(loop, TlsChannel.over(channel, withProtocols(engine, "h3", "b", "a")));
        });
        SSLEngine engine = TestPeers.engine(listener, TestPeers.LOCALHOST, "TLSv1.3");
        RecordingDispatcher client = TestPeers.client(loop, listener, withProtocols(engine, "a", "b"));
        assertNull(((TlsChannel) client.channel()).applicationProtocol());
        RecordingDispatcher server = greeted(listener, client);
        assertEquals("b", ((TlsChannel) server.channel()).applicationProtocol());
        assertEquals("b", ((TlsChannel) client.channel()).applicationProtocol());
    }

    @Test
    void withoutAlpnTheProtocolIsNull() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        RecordingDispatcher server = greeted(listener, client);
        assertNull(((TlsChannel) server.channel()).applicationProtocol());
        assertNull(((TlsChannel) client.channel()).applicationProtocol());
    }

    private static SSLEngine withProtocols(SSLEngine engine, String... protocols) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private TestListener askingForCertificates() throws Exception {
        return new TestListener(loop, channel -> {
            SSLEngine engine = TestPeers.LOCALHOST.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setNeedClientAuth(true);
            return new RecordingDispatcher(loop, TlsChannel.over(channel, engine));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverSeesTheClientsCertificate(String protocol) throws Exception {
        TestListener listener = askingForCertificates();
        RecordingDispatcher client = TestPeers.client(loop, listener, Certificates.context("client"), protocol);
        assertEquals("CN=client", peer(session(greeted(listener, client))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWithoutCertificateIsAnErrorOnBothSides(String protocol) throws Exception {
        TestListener listener = askingForCertificates();
        RecordingDispatcher client = TestPeers.client(loop, listener, Certificates.context(), protocol);
        LoopAwait.until(loop, () -> client.error != null);
        assertInstanceOf(SSLException.class, client.error);
        LoopAwait.until(loop, () -> listener.dispatchers.get(0).error != null);
        assertInstanceOf(SSLHandshakeException.class, listener.dispatchers.get(0).error);
        assertEquals(protocol.equals("TLSv1.3"), client.hooks.contains("connect"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void untrustedServerIsAnErrorOnBothSides(String protocol) throws Exception {
        assertNotTrusted(Certificates.context("stranger"), protocol, "PKIX path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverOfAnotherNameIsAnErrorOnBothSides(String protocol) throws Exception {
        assertNotTrusted(Certificates.context("other.test"), protocol, "No subject alternative DNS name");
    }

    private void assertNotTrusted(SSLContext context, String protocol, String why) throws Exception {
        TestListener listener = TestPeers.listener(loop, context);
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST, protocol);
        LoopAwait.until(loop, () -> client.error != null);
        SSLHandshakeException error = assertInstanceOf(SSLHandshakeException.class, client.error);
        assertTrue(Objects.requireNonNull(error.getMessage()).contains(why), error::toString);
        assertEquals("[error]", client.hooks.toString());
        LoopAwait.until(loop, () -> listener.dispatchers.get(0).error != null);
        assertTrue(
                String.valueOf(listener.dispatchers.get(0).error).contains("Received fatal alert"),
                () -> String.valueOf(listener.dispatchers.get(0).error));
    }

    @Test
    void noCommonVersionIsAnErrorOnBothSides() throws Exception {
        TestListener listener = new TestListener(loop, channel -> {
            SSLEngine engine = TestPeers.LOCALHOST.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setEnabledProtocols(new String[] {"TLSv1.3"});
            return new RecordingDispatcher(loop, TlsChannel.over(channel, engine));
        });
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST, "TLSv1.2");
        LoopAwait.until(loop, () -> client.error != null);
        LoopAwait.until(loop, () -> listener.dispatchers.get(0).error != null);
        assertInstanceOf(SSLHandshakeException.class, client.error);
        assertInstanceOf(SSLHandshakeException.class, listener.dispatchers.get(0).error);
    }

    @Test
    void refusedConnectionIsReportedAsWithoutTls() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        RecordingDispatcher client = new RecordingDispatcher(loop);
        client.createSocket();
        client.setSocket(TlsChannel.client(client.channel(), TestPeers.LOCALHOST, "localhost", listener.port()));
        var nowhere = listener.at();
        listener.close();
        client.connect(nowhere);
        assertTrue(client.connecting());
        LoopAwait.until(loop, () -> client.error != null);
        assertInstanceOf(ConnectException.class, client.error);
        assertEquals("[error]", client.hooks.toString());
    }

    @Test
    void clientIsConnectingUntilTheHandshakeIsOver() throws Exception {
        TestListener listener = new TestListener(loop, channel -> new RecordingDispatcher(loop, channel));
        RecordingDispatcher client = TestPeers.client(loop, listener, TestPeers.LOCALHOST);
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).received.size() > 0);
        assertTrue(client.connecting());
        assertFalse(client.connected());
        assertEquals("[]", client.hooks.toString());
        assertSleeps();
    }

    @Test
    void peerThatClosesBeforeItsFirstByteIsALostConnection() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        listener.dial().close();
        LoopAwait.until(
                loop,
                () -> !listener.dispatchers.isEmpty()
                        && listener.dispatchers.get(0).isClosed());
        assertEquals("[close]", listener.dispatchers.get(0).hooks.toString());
    }

    @Test
    void peerThatClosesDuringTheHandshakeIsAnError() throws Exception {
        TestListener listener = TestPeers.listener(loop, TestPeers.LOCALHOST);
        try (Socket socket = listener.dial()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 50, 1});
        }
        LoopAwait.until(loop, () -> !listener.dispatchers.isEmpty() && listener.dispatchers.get(0).error != null);
        assertInstanceOf(SSLHandshakeException.class, listener.dispatchers.get(0).error);
    }
}
