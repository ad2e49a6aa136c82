// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** Turns plaintext to records and back, and holds what is between the engine and the transport. */
final class RecordLayer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int RECORD_PLAIN = 16_000; // fits into one record whatever the cipher

    private static final int MAX_FRUITLESS = 32; // as BoringSSL has it
    private static final int DISCARDS = 16; // reads at the end, of a peer that may go on for ever

    private final StreamChannel transport;
    private final SSLEngine engine;
    private HandshakeStatus status = HandshakeStatus.NOT_HANDSHAKING; // as the engine last told

    private @Nullable ByteBuffer in; // records received, from the position on; null when there are none
    private @Nullable ByteBuffer plain; // likewise plaintext that its reader had no room for
    private @Nullable ByteBuffer out; // records to be sent, up to the position; null when there are none

    private boolean starved = true; // the engine needs more than there is in
    private boolean begun; // something was received
    private boolean ended; // the transport's end was reached
    private boolean closed; // close_notify was received
    private boolean named; // the first record has gone through the engine, and any name in it is noted
    private boolean established; // the first handshake is over
    private int fruitless; // records in a row without bytes since then, less those that were sent

    RecordLayer(StreamChannel transport, SSLEngine engine) {
        this.transport = transport;
        this.engine = engine;
    }

    /** What the engine needs next. */
    HandshakeStatus status() {
        return status;
    }

    /** Asks the engine anew, after something else than records has changed it. */
    void refreshStatus() {
        status = engine.getHandshakeStatus();
    }

    /** The first handshake is over: from now on records bring bytes. */
    void established() {
        established = true;
    }

    // What is held.

    /** Whether bytes can be read without the transport, or the end has been reached. */
    boolean isReadable() {
        return hasPlain() || !starved || isOver();
    }

    boolean hasPlain() {
        return plain != null;
    }

    /** Whether a message can be taken out without the transport. */
    boolean hasMessage() {
        return !starved && plain == null;
    }

    /** Whether records wait to be sent. */
    boolean isPending() {
        return out != null;
    }

    /** How many bytes of records wait to be sent. */
    int unsentBytes() {
        return out == null ? 0 : out.position();
    }

    /** Whether nothing more will be received. */
    boolean isOver() {
        return closed || ended;
    }

    /** Whether the peer has said that it sends no more. */
    boolean isClosed() {
        return closed;
    }

    boolean hasBegun() {
        return begun;
    }

    // Reading.

    /** Takes as much plaintext as there is and fits; reads the transport at most once. */
    void read(ByteBuffer target) throws IOException {
        int start = target.position();
        drain(target);
        boolean received = false;
        boolean progress = true;
        while (progress && target.hasRemaining() && !closed) {
            if (starved) {
                progress = !received && receive(target.remaining());
                received = true;
            } else {
                progress = unwrap(target) || starved;
            }
        }
        shrink();
        if (ended && !closed && target.position() == start) {
            throw new TruncationException();
        }
    }

    /** Takes one message of a handshake; false if that needs more than there is. */
    boolean readMessage(boolean readable) throws IOException {
        if (plain != null || (starved && !(readable && receive(RecordBuffers.RECORD)))) {
            return false;
        }
        boolean taken = unwrap(NOTHING);
        shrink();
        return taken;
    }

    private boolean unwrap(ByteBuffer target) throws IOException {
        ByteBuffer source = in == null ? NOTHING : in;
        if (!named && !engine.getUseClientMode()) {
            ServerName.note(source, engine);
        }
        SSLEngineResult result = engine.unwrap(source, target);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            result = unwrapAside(source, target);
        }
        took(result);
        named |= result.bytesConsumed() > 0;
        countFruitless(result);
        closed |= result.getStatus() == Status.CLOSED;
        starved = result.getStatus() == Status.BUFFER_UNDERFLOW || !source.hasRemaining();
        releaseIn();
        return result.bytesConsumed() > 0;
    }

    /**
     * Refuses a peer that sends records without bytes, or new keys, without end, because each costs a computation. A peer may
     * answer each record that it was sent, since new keys are answered by new keys.
     */
    private void countFruitless(SSLEngineResult result) throws SSLException {
        if (result.bytesProduced() > 0 || !established) {
            fruitless = Math.min(fruitless, 0);
        } else if (result.bytesConsumed() > 0 && ++fruitless > MAX_FRUITLESS) {
            throw new SSLException("more than " + MAX_FRUITLESS + " records in a row bring no bytes");
        }
    }

    /** The engine wants room for a whole record, though it be filled in part only. */
    private SSLEngineResult unwrapAside(ByteBuffer source, ByteBuffer target) throws IOException {
        ByteBuffer aside = RecordBuffers.take(engine.getSession().getApplicationBufferSize());
        try {
            SSLEngineResult result = engine.unwrap(source, aside);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                throw new SSLException("a record is larger than the session allows");
            }
            return result;
        } finally {
            plain = aside.flip();
            drain(target);
        }
    }

    /** Takes plaintext that is held. */
    void drain(ByteBuffer target) {
        if (plain == null) {
            return;
        }
        int n = Math.min(plain.remaining(), target.remaining());
        target.put(target.position(), plain, plain.position(), n).position(target.position() + n);
        plain.position(plain.position() + n);
        if (!plain.hasRemaining()) {
            RecordBuffers.giveBack(plain);
            plain = null;
        }
    }

    /** Reads the transport once: as much as may be wanted, a record at least. */
    private boolean receive(int wanted) throws IOException {
        ByteBuffer more = enlarged(wanted);
        in = more;
        int n;
        try {
            n = transport.read(more);
        } finally {
            more.flip();
            releaseIn();
        }
        starved = n <= 0;
        begun |= n > 0;
        ended = n < 0;
        return n > 0;
    }

    /** What was received, with room for the rest of its record; no more is read ahead than its reader wants. */
    private ByteBuffer enlarged(int wanted) {
        int kept = in == null ? 0 : in.remaining();
        int limit = Math.min(Math.max(wanted, RecordBuffers.RECORD), RecordBuffers.BATCH);
        ByteBuffer more = RecordBuffers.take(kept < limit ? limit : RecordBuffers.BATCH);
        more.limit(kept < limit ? limit : RecordBuffers.BATCH);
        if (in != null) {
            more.put(in);
            RecordBuffers.giveBack(in);
        }
        return more;
    }

    /** Reads what the transport has received, and forgets it. */
    void discard() throws IOException {
        ByteBuffer nowhere = RecordBuffers.take(RecordBuffers.BATCH);
        try {
            for (int i = 0; i < DISCARDS && transport.read(nowhere.clear()) > 0; i++) {
                // there may be more
            }
        } finally {
            RecordBuffers.giveBack(nowhere);
        }
    }

    private void releaseIn() {
        if (in != null && !in.hasRemaining()) {
            RecordBuffers.giveBack(in);
            in = null;
        }
    }

    /** Part of a record is kept in no more room than a record needs. */
    private void shrink() {
        if (in != null && in.capacity() > RecordBuffers.RECORD && in.remaining() <= RecordBuffers.RECORD) {
            ByteBuffer large = in;
            in = RecordBuffers.take(RecordBuffers.RECORD).put(large).flip();
            RecordBuffers.giveBack(large);
        }
    }

    // Writing.

    /** Takes what fits into one batch of records, and sends that; nothing while an earlier one waits. */
    void write(ByteBuffer source) throws IOException {
        if (flush()) {
            while (source.hasRemaining() && wrap(source)) {
                // one record after another, as long as there is room
            }
            flush();
        }
    }

    /** Adds a message of a handshake, or an alert, to what is to be sent; false if there is no room or no message. */
    boolean writeMessage() throws IOException {
        return wrap(NOTHING) || (flush() && wrap(NOTHING));
    }

    private boolean wrap(ByteBuffer source) throws IOException {
        if (out == null) {
            boolean small = source.hasRemaining() && source.remaining() <= RECORD_PLAIN;
            out = RecordBuffers.take(small ? RecordBuffers.RECORD : RecordBuffers.BATCH);
        }
        SSLEngineResult result;
        try {
            result = engine.wrap(source, out);
        } finally {
            releaseOut();
        }
        took(result);
        fruitless -= result.bytesProduced() > 0 && fruitless > Integer.MIN_VALUE ? 1 : 0;
        if (result.getStatus() == Status.CLOSED && source.hasRemaining()) {
            flush(); // our own close_notify, which the engine has answered with
            throw new IOException("the peer has closed the connection, and before TLS 1.3 that ends both directions");
        }
        return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    /** Sends what waits; false if some of it waits still. */
    boolean flush() throws IOException {
        if (out == null) {
            return true;
        }
        out.flip();
        try {
            transport.write(out);
        } finally {
            out.compact();
            releaseOut();
        }
        return out == null;
    }

    private void releaseOut() {
        if (out != null && out.position() == 0) {
            RecordBuffers.giveBack(out);
            out = null;
        }
    }

    private void took(SSLEngineResult result) {
        status = result.getHandshakeStatus();
        if (status == HandshakeStatus.FINISHED) {
            refreshStatus();
        }
    }

    /** Gives back what was received and has not gone through the engine. */
    void dropInput() {
        starved = true;
        if (in != null) {
            RecordBuffers.giveBack(in);
            in = null;
        }
    }

    /** Gives back what is held on the way to the engine and from it; plaintext stays. */
    void drop() {
        dropInput();
        if (out != null) {
            RecordBuffers.giveBack(out);
            out = null;
        }
    }
}
