// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLHandshakeException;

/** Leads an engine through its first handshake, and through what may follow: new keys, tickets, renegotiation. */
final class Handshake {
    /** The state of the first handshake. */
    private enum State {
        NEW,
        BEGUN,
        ESTABLISHED
    }

    private final SSLEngine engine;
    private final RecordLayer records;
    private final DelegatedTasks tasks;
    private State state = State.NEW;

    Handshake(SSLEngine engine, RecordLayer records, DelegatedTasks tasks) {
        this.engine = engine;
        this.records = records;
        this.tasks = tasks;
    }

    boolean hasBegun() {
        return state != State.NEW;
    }

    /** Returns true once the first handshake is over. */
    boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    /** Returns true if the engine has to be served before its user; never after either direction has ended. */
    boolean isUnderWay() {
        return !isEstablished() || (isBusy() && !records.isClosed() && !engine.isOutboundDone());
    }

    private boolean isBusy() {
        return switch (records.status()) {
            case NEED_TASK, NEED_WRAP, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> true;
            case FINISHED, NOT_HANDSHAKING -> false;
        };
    }

    /** Returns true if it can go on once the transport is readable. */
    boolean wantsInput() {
        return hasBegun() && !records.hasPlain() && isToRead();
    }

    /** Returns true if it can go on without new readiness of the transport. */
    boolean isRunnable() {
        if (!hasBegun()) {
            return true;
        }
        return isToRead() ? records.hasMessage() : !records.hasUnsent() && !tasks.areRunning();
    }

    private boolean isToRead() {
        return switch (records.status()) {
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> true;
            case NEED_TASK, NEED_WRAP, FINISHED, NOT_HANDSHAKING -> false;
        };
    }

    /** Goes on as far as it can; reads the transport once if that is readable. */
    void advance(boolean readable) throws IOException {
        if (!hasBegun()) {
            engine.beginHandshake();
            state = State.BEGUN;
            records.refreshStatus();
        }
        boolean progress = true;
        boolean received = !readable;
        while (progress && isUnderWay()) {
            boolean reads = isToRead() && !records.hasMessage();
            progress = step(reads && !received);
            received |= reads;
        }
        records.flush();
    }

    private boolean step(boolean readable) throws IOException {
        return switch (records.status()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> writeMessage();
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> readMessage(readable);
            case FINISHED, NOT_HANDSHAKING -> {
                state = State.ESTABLISHED;
                records.established();
                yield true;
            }
        };
    }

    private boolean runTasks() throws IOException {
        if (isEstablished() && !engine.getUseClientMode()) {
            engine.closeOutbound(); // because JSSE has no way to send a no_renegotiation alert
            throw new SSLHandshakeException("the client began another handshake, and renegotiation is refused");
        }
        if (tasks.areRunning()) {
            return false;
        }
        records.refreshStatus(); // another thread may have run them
        if (records.status() == HandshakeStatus.NEED_TASK) {
            tasks.run();
            if (tasks.areRunning()) {
                return false;
            }
            records.refreshStatus();
        }
        return true;
    }

    private boolean writeMessage() throws IOException {
        if (records.writeMessage()) {
            return true;
        }
        if (!records.hasUnsent()) {
            throw new SSLHandshakeException("the connection was closed during the handshake");
        }
        return false;
    }

    private boolean readMessage(boolean readable) throws IOException {
        records.flush();
        boolean taken = records.readMessage(readable);
        if (!isEstablished() && records.isOver()) {
            throw new SSLHandshakeException("the peer ended the connection during the handshake");
        }
        return taken;
    }
}
