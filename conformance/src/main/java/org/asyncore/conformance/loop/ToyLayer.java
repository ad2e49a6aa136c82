// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.function.Consumer;
import org.asyncore.Dispatcher;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;

/**
 * A small layer for tests. Its handshake is one {@code !} in each direction, and it sends a full stop at its end. It
 * fails when it receives an {@code X}. It reads all input of its transport and returns it byte by byte. It sends only
 * when its transport is reported writable, also at its end.
 */
final class ToyLayer implements StreamLayer {
    /** The calls from a loop in each turn. */
    enum Call {
        INTEREST,
        IS_READY,
        ADVANCE
    }

    private final StreamChannel transport;
    private final ByteBuffer in = ByteBuffer.allocate(64).flip();
    private final ByteBuffer out = ByteBuffer.allocate(64);
    private boolean connecting;
    private boolean connected; // for its user
    private boolean greeted;
    private boolean established; // the peer's greeting has arrived, too
    private boolean ended;
    private boolean finished; // for its user
    private @Nullable IOException failure;

    @Nullable
    Loop loop; // the loop that its user has joined

    Consumer<Call> calls = call -> {}; // the action of the test for each call
    boolean blocked; // sends nothing at its end
    Duration lingerTimeout = Duration.ofSeconds(30);

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
        calls.accept(Call.INTEREST);
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
        calls.accept(Call.IS_READY);
        if (failure != null || connecting) {
            return failure != null && wanted != Ops.NONE;
        }
        return !greeted || (established && intersection(wanted, possible()) != Ops.NONE);
    }

    @Override
    public Ops advance(Ops ready) {
        calls.accept(Call.ADVANCE);
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
            throw new WrongBytesException("an X was received");
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
    public void joined(Loop loop, Dispatcher user) {
        this.loop = loop;
    }

    @Override
    public void left() {
        loop = null;
    }

    @Override
    public int unsentBytes() {
        return out.position();
    }

    @Override
    public boolean finish() throws IOException {
        if (!finished) {
            finished = true;
            if (out.position() > 0) {
                out.put((byte) '.');
            }
        } else if (!blocked) {
            transport.write(out.flip());
            out.compact();
        }
        return out.position() == 0;
    }

    @Override
    public Duration lingerTimeout() {
        return lingerTimeout;
    }

    @Override
    public boolean isOpen() {
        return !finished && transport.isOpen();
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    @Override
    public String toString() {
        return "toy over " + transport;
    }

    @Override
    public boolean isLostBy(IOException cause) {
        return !(cause instanceof WrongBytesException);
    }

    /** Thrown if the peer sent a byte that it must not send. */
    private static final class WrongBytesException extends IOException {
        private static final long serialVersionUID = 1;

        WrongBytesException(String message) {
            super(message);
        }
    }
}
