// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import javax.net.ssl.SSLException;
import org.asyncore.spi.Ops;
import org.asyncore.spi.StreamChannel;
import org.asyncore.spi.StreamLayer;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose handshake is one {@code !} each way, that fails at an {@code X}, takes all there is from its transport and
 * gives it out byte by byte, and sends only when its transport is reported writable.
 */
final class ToyLayer implements StreamLayer {
    private final StreamChannel transport;
    private final ByteBuffer in = ByteBuffer.allocate(64).flip();
    private final ByteBuffer out = ByteBuffer.allocate(64);
    private boolean connecting;
    private boolean connected; // as its user knows
    private boolean greeted;
    private boolean established; // was greeted, too
    private boolean ended;
    private @Nullable IOException failure;

    ToyLayer(StreamChannel transport) {
        this.transport = transport;
        connected = transport.isConnected();
    }

    boolean isEstablished() {
        return established;
    }

    @Override
    public StreamChannel transport() {
        return transport;
    }

    @Override
    public Ops interest(Ops wanted) {
        if (failure != null) {
            return Ops.NONE;
        }
        if (connecting) {
            return Ops.WRITE;
        }
        boolean reads = !ended && !in.hasRemaining() && (!established || wanted.reads());
        return Ops.of(reads, out.position() > 0);
    }

    @Override
    public boolean isReady(Ops wanted) {
        if (failure != null || connecting) {
            return failure != null && wanted != Ops.NONE;
        }
        return !greeted || (established && intersection(wanted, possible()) != Ops.NONE);
    }

    @Override
    public Ops advance(Ops ready) {
        try {
            proceed(ready);
        } catch (IOException e) {
            failure = e;
        }
        return failure != null ? Ops.READ_WRITE : established ? possible() : Ops.NONE;
    }

    private Ops possible() {
        return Ops.of(ended || in.hasRemaining(), out.position() == 0);
    }

    private static Ops intersection(Ops a, Ops b) {
        return Ops.of(a.reads() && b.reads(), a.writes() && b.writes());
    }

    private void proceed(Ops ready) throws IOException {
        if (connecting) {
            connecting = !(ready.writes() && transport.finishConnect());
        } else if (ready.writes()) {
            transport.write(out.flip());
            out.compact();
        }
        if (!connecting && !greeted) {
            out.put((byte) '!');
            greeted = true;
        }
        if (ready.reads()) {
            receive();
        }
        if (!established && in.hasRemaining()) {
            established = in.get() == '!';
        }
    }

    private void receive() throws IOException {
        ended = transport.read(in.compact()) < 0;
        in.flip();
        if (new String(in.array(), in.position(), in.remaining(), US_ASCII).contains("X")) {
            throw new SSLException("an X was received");
        }
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        connecting = !transport.connect(remote);
        return false;
    }

    @Override
    public boolean finishConnect() throws IOException {
        checkFailure();
        connected |= established;
        return connected;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        checkConnected();
        if (!in.hasRemaining() || !established) {
            return ended ? -1 : 0;
        }
        target.put(in.get());
        return 1;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        checkConnected();
        if (!established || out.position() > 0) {
            return 0;
        }
        int bytes = source.remaining();
        out.put(source);
        return bytes;
    }

    private void checkConnected() throws IOException {
        checkFailure();
        if (!connected) {
            throw new NotYetConnectedException();
        }
    }

    private void checkFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        transport.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return transport.isOpen();
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    @Override
    public String toString() {
        return "toy over " + transport;
    }
}
