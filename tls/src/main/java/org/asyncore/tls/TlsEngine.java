// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.asyncore.channels.StreamChannel;
import org.asyncore.spi.Ops;
import org.jspecify.annotations.Nullable;

/** Speaks TLS over a connected transport: a handshake, then bytes, then the end. Keeps the first failure. */
final class TlsEngine {
    private enum Output {
        OPEN,
        ENDING, // once the handshake is over
        NOTIFIED, // close_notify is among the records, and may be unsent
        SHUT
    }

    private final StreamChannel transport;
    private final SSLEngine engine;
    private final RecordLayer records;
    private final DelegatedTasks tasks;
    private final Handshake handshake;
    private Output output = Output.OPEN;
    private @Nullable IOException failure; // the first one, which all later calls throw

    TlsEngine(StreamChannel transport, SSLEngine engine) {
        this.transport = transport;
        this.engine = engine;
        records = new RecordLayer(transport, engine);
        tasks = new DelegatedTasks(engine);
        handshake = new Handshake(engine, records, tasks);
    }

    DelegatedTasks tasks() {
        return tasks;
    }

    boolean isEstablished() {
        return handshake.isEstablished();
    }

    /** Returns true if the first handshake is neither over nor failed. */
    boolean isHandshaking() {
        return failure == null && !handshake.isEstablished();
    }

    boolean hasFailed() {
        return failure != null;
    }

    void checkFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    // Readiness.

    Ops interest(Ops wanted) {
        if (failure != null) {
            return Ops.of(false, records.hasUnsent()); // the alert, and bytes taken before the failure
        }
        boolean reads = handshake.isUnderWay() ? handshake.wantsInput() : wanted.reads();
        return Ops.of(reads, records.hasUnsent());
    }

    boolean isReady(Ops wanted) {
        if (failure != null) {
            return wanted != Ops.NONE;
        }
        if (handshake.isUnderWay()) {
            return handshake.isRunnable() || (wanted.reads() && records.hasPlain());
        }
        return (wanted.reads() && records.isReadable()) || (wanted.writes() && !records.hasUnsent());
    }

    Ops advance(Ops ready) {
        boolean readable = ready.reads() && !handshake.isUnderWay();
        if (failure == null) {
            proceed(ready);
        } else if (ready.writes()) {
            sendAlert();
        }
        if (failure != null) {
            return Ops.READ_WRITE;
        }
        if (!handshake.isEstablished()) {
            return Ops.NONE;
        }
        if (handshake.isUnderWay()) {
            return Ops.of(records.hasPlain(), false);
        }
        return Ops.of(readable || records.isReadable(), !records.hasUnsent());
    }

    private void proceed(Ops ready) {
        try {
            if (handshake.isUnderWay()) {
                handshake.advance(ready.reads());
            } else if (ready.writes()) {
                records.flush();
            }
            endOutput();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    // Bytes.

    int read(ByteBuffer target) throws IOException {
        int start = target.position();
        if (failure == null) {
            tryRead(target);
        } else {
            records.drain(target);
        }
        int n = target.position() - start;
        if (n > 0) {
            return n; // the next call throws a failure that came after these bytes
        }
        checkFailure();
        return records.isClosed() && !records.hasPlain() ? -1 : 0;
    }

    private void tryRead(ByteBuffer target) {
        try {
            if (handshake.isUnderWay()) {
                handshake.advance(true);
            }
            if (handshake.isEstablished()) {
                records.read(target);
            }
            endOutput();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    int write(ByteBuffer source) throws IOException {
        checkFailure();
        if (output != Output.OPEN && !source.hasRemaining()) {
            return 0;
        }
        if (output != Output.OPEN) {
            throw new IOException("the output was shut down");
        }
        int start = source.position();
        try {
            if (handshake.isUnderWay()) {
                handshake.advance(true);
            }
            if (!handshake.isUnderWay()) {
                records.write(source);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
        checkFailure();
        return source.position() - start;
    }

    // Ends.

    void shutdownOutput() throws IOException {
        checkFailure();
        if (output == Output.OPEN) {
            output = Output.ENDING;
            endOutput();
        }
    }

    private void endOutput() throws IOException {
        if (output == Output.ENDING && handshake.isEstablished() && notifyEnd()) {
            output = Output.NOTIFIED;
        }
        if (output == Output.NOTIFIED && records.flush()) {
            transport.shutdownOutput();
            output = Output.SHUT;
        }
    }

    /** Adds close_notify to the unsent records; returns false as long as there is no room for it. */
    private boolean notifyEnd() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone() && records.writeMessage()) {
            // during a handshake another alert comes before it
        }
        return engine.isOutboundDone() || !records.hasUnsent();
    }

    /** Returns the number of bytes in unsent records; 0 as long as the handshake is not over. */
    int unsentBytes() {
        return handshake.isEstablished() ? records.unsentBytes() : 0;
    }

    /**
     * Sends the bytes that were taken, and close_notify. May be repeated.
     *
     * @return true if all is sent, or if the handshake is not over, because then no bytes were taken
     */
    boolean finish() throws IOException {
        if (failure != null) {
            sendAlert();
            return !handshake.isEstablished() || !records.hasUnsent();
        }
        boolean notified = output == Output.SHUT || !handshake.hasBegun() || tasks.areRunning() || tryNotifyEnd();
        if (!(records.flush() && notified) && handshake.isEstablished()) {
            return false;
        }
        discardInput();
        return true;
    }

    private boolean tryNotifyEnd() throws IOException {
        try {
            return notifyEnd();
        } catch (SSLException | RuntimeException e) {
            return true; // the engine has no more records, but the earlier ones are still sent
        }
    }

    /**
     * Drops unread input, because a socket that closes over it resets the connection, and then the peer may lose bytes
     * that it has not read yet. The user cannot read all of it: session tickets, for example.
     */
    private void discardInput() throws IOException {
        if (handshake.isEstablished() && !records.isOver()) {
            records.discard();
        }
    }

    /** Drops all records. */
    void drop() {
        records.drop();
    }

    /** Fails a handshake that takes too long. */
    void expire(SSLException cause) {
        if (handshake.hasBegun() && !tasks.areRunning()) {
            engine.closeOutbound(); // so that an alert is sent
        }
        fail(cause);
    }

    /** Keeps the failure. If it is one of TLS, the peer gets an alert, after the bytes that were taken before. */
    void fail(Exception cause) {
        if (failure != null) {
            return;
        }
        failure = cause instanceof IOException e ? e : new SSLException("the TLS engine failed: " + cause, cause);
        if (failure instanceof SSLException) {
            records.dropInput();
            sendAlert();
        } else {
            records.drop();
        }
    }

    private void sendAlert() {
        try {
            if (!tasks.areRunning()) {
                records.refreshStatus();
            }
            while (records.status() == HandshakeStatus.NEED_WRAP && records.writeMessage()) {
                // until the engine has no more alerts
            }
            records.flush();
        } catch (IOException | RuntimeException e) {
            records.drop(); // the connection is lost, which the failure reports already
            if (failure != null) {
                failure.addSuppressed(e);
            }
        }
    }
}
