// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.asyncore.channels.ServerChannel;
import org.asyncore.channels.StreamChannel;
import org.asyncore.conformance.Pollers;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.Assertions;

/** Both ends of one connection, without a loop. Tests wait by repeated attempts. */
final class TlsPair implements Closeable {
    final LimitedStream serverWire;
    final LimitedStream clientWire;
    final SSLEngine clientEngine;
    final SSLEngine serverEngine;
    final TlsChannel server;
    final TlsChannel client;

    /** A condition that a test waits for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Connects a pair, before its handshake. */
    TlsPair(Backend backend, String protocol) throws IOException {
        this(backend, protocol, TestPeers.LOCALHOST);
    }

    /** Connects a pair whose server has another context. The client neither sends a server name nor checks one. */
    TlsPair(Backend backend, String protocol, SSLContext context) throws IOException {
        Pollers.assumeAvailable(backend);
        try (ServerChannel listener = backend.openServer(StandardProtocolFamily.INET)) {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            clientWire = new LimitedStream(backend.openStream(StandardProtocolFamily.INET));
            clientWire.connect(Objects.requireNonNull(listener.getLocalAddress()));
            await(clientWire::finishConnect);
            StreamChannel[] accepted = new StreamChannel[1];
            await(() -> (accepted[0] = listener.accept()) != null);
            serverWire = new LimitedStream(accepted[0]);
        }
        clientWire.setOption(StandardSocketOptions.TCP_NODELAY, true);
        serverWire.setOption(StandardSocketOptions.TCP_NODELAY, true);
        clientEngine = ClientEngine.of(TestPeers.LOCALHOST, "localhost", 1);
        clientEngine.setEnabledProtocols(new String[] {protocol});
        if (context != TestPeers.LOCALHOST) {
            SSLParameters parameters = clientEngine.getSSLParameters();
            parameters.setServerNames(List.of());
            parameters.setEndpointIdentificationAlgorithm("");
            clientEngine.setSSLParameters(parameters);
        }
        client = TlsChannel.over(clientWire, clientEngine);
        serverEngine = context.createSSLEngine();
        serverEngine.setUseClientMode(false);
        server = TlsChannel.over(serverWire, serverEngine);
    }

    /** Returns a pair after its handshake, with the session tickets read. */
    static TlsPair established(Backend backend, String protocol) throws IOException {
        TlsPair pair = new TlsPair(backend, protocol);
        pair.handshake();
        pair.server.write(ByteBuffer.wrap(new byte[1]));
        read(pair.client, 1);
        pair.clientWire.reads = 0;
        pair.clientWire.writes = 0;
        pair.serverWire.reads = 0;
        pair.serverWire.writes = 0;
        return pair;
    }

    void handshake() throws IOException {
        await(() -> {
            boolean one = client.finishConnect();
            return server.finishConnect() && one;
        });
    }

    static void await(Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                Assertions.fail("the condition was not met in time");
            }
            LockSupport.parkNanos(50_000);
        }
    }

    /** Reads this many bytes. */
    static byte[] read(TlsChannel channel, int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes);
        await(() -> channel.read(target) < 0 || !target.hasRemaining());
        byte[] read = new byte[target.position()];
        target.flip().get(read);
        return read;
    }

    static String text(TlsChannel channel, int bytes) throws IOException {
        return new String(read(channel, bytes), US_ASCII);
    }

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
