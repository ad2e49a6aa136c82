// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** Converts plaintext to records and back, and buffers the bytes between the engine and the transport. */
final class RecordLayer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int RECORD_PLAIN = 16_000; // bytes that fit into one record with every cipher
    private static final int MAX_WITHOUT_DATA = 32; // BoringSSL's limit
    private static final int MAX_DISCARDS = 16; // reads at the end, because a peer may never stop sending

    private enum Input {
        NONE, // nothing was received yet
        STARVED, // the engine needs more bytes than were received
        AVAILABLE, // there may be a whole record
        ENDED, // the transport ended without close_notify
        CLOSED // close_notify was received
    }

    private final StreamChannel transport;
    private final SSLEngine engine;
    private HandshakeStatus status = HandshakeStatus.NOT_HANDSHAKING; // as the engine last reported it

    private @Nullable ByteBuffer in; // received records, from the position on; null if there are none
    private @Nullable ByteBuffer plain; // plaintext without room in its reader's buffer, from the position on, or null
    private @Nullable ByteBuffer out; // unsent records, up to the position; null if there are none

    private Input input = Input.NONE;
    private boolean named; // true once the engine has taken the first record, and any server name in it is noted
    private boolean established; // true once the first handshake is over
    private int withoutData; // records without data in a row since then, less the records that were sent

    RecordLayer(StreamChannel transport, SSLEngine engine) {
        this.transport = transport;
        this.engine = engine;
    }

    /** Returns what the engine needs next. */
    HandshakeStatus status() {
        return status;
    }

    /** Asks the engine for its status, after something other than a record has changed it. */
    void refreshStatus() {
        status = engine.getHandshakeStatus();
    }

    /** Notes that the first handshake is over, so records without data are counted from now on. */
    void established() {
        established = true;
    }

    // Buffered bytes.

    /** Returns true if a read can make progress without the transport, or will report the end. */
    boolean isReadable() {
        return hasPlain() || input == Input.AVAILABLE || isOver();
    }

    boolean hasPlain() {
        return plain != null;
    }

    /** Returns true if {@link #readMessage} can make progress without the transport. */
    boolean hasMessage() {
        return input == Input.AVAILABLE && plain == null;
    }

    /** Returns true if records are unsent. */
    boolean hasUnsent() {
        return out != null;
    }

    /** Returns the number of bytes in unsent records. */
    int unsentBytes() {
        return out == null ? 0 : out.position();
    }

    /** Returns true if nothing more will be received. */
    boolean isOver() {
        return input == Input.CLOSED || input == Input.ENDED;
    }

    /** Returns true if the peer has sent close_notify. */
    boolean isClosed() {
        return input == Input.CLOSED;
    }

    // Reading.

    /** Reads as much plaintext as there is and as fits; reads the transport at most once. */
    void read(ByteBuffer target) throws IOException {
        int start = target.position();
        drain(target);
        boolean received = false;
        boolean progress = true;
        while (progress && target.hasRemaining() && input != Input.CLOSED) {
            if (input == Input.AVAILABLE) {
                progress = unwrap(target) || input != Input.AVAILABLE;
            } else {
                progress = !received && receive(target.remaining());
                received = true;
            }
        }
        shrink();
        if (input == Input.ENDED && target.position() == start) {
            throw new TruncationException();
        }
    }

    /** Reads one message of a handshake; returns false if that needs more bytes than there are. */
    boolean readMessage(boolean readable) throws IOException {
        if (plain != null || (input != Input.AVAILABLE && !(readable && receive(RecordBuffers.RECORD)))) {
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
        noteStatus(result);
        named |= result.bytesConsumed() > 0;
        countWithoutData(result);
        if (result.getStatus() == Status.CLOSED) {
            input = Input.CLOSED;
        } else if (result.getStatus() == Status.BUFFER_UNDERFLOW || !source.hasRemaining()) {
            input = Input.STARVED;
        }
        releaseIn();
        return result.bytesConsumed() > 0;
    }

    /**
     * Refuses a peer that sends records without data, or new keys, without end, because each costs a computation. A
     * peer may send one for each record that was sent to it, because new keys are answered by new keys.
     */
    private void countWithoutData(SSLEngineResult result) throws SSLException {
        if (result.bytesProduced() > 0 || !established) {
            withoutData = Math.min(withoutData, 0);
        } else if (result.bytesConsumed() > 0 && ++withoutData > MAX_WITHOUT_DATA) {
            throw new SSLException("more than " + MAX_WITHOUT_DATA + " records in a row without data");
        }
    }

    /** Unwraps into another buffer, because the engine requires room for a whole record even if it is short. */
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

    /** Moves buffered plaintext to the target. */
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

    /** Reads the transport once, for at least one record; returns false if nothing was received. */
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
        if (n < 0 && input == Input.NONE) {
            throw new EOFException("the peer ended the connection before the handshake");
        }
        if (n != 0) {
            input = n > 0 ? Input.AVAILABLE : Input.ENDED;
        }
        return n > 0;
    }

    /** Returns the received bytes in a buffer with room for the rest of their record, and for what the reader wants. */
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

    /** Reads what the transport has received, and drops it. */
    void discard() throws IOException {
        ByteBuffer dropped = RecordBuffers.take(RecordBuffers.BATCH);
        try {
            for (int i = 0; i < MAX_DISCARDS && transport.read(dropped.clear()) > 0; i++) {
                // there may be more
            }
        } finally {
            RecordBuffers.giveBack(dropped);
        }
    }

    private void releaseIn() {
        if (in != null && !in.hasRemaining()) {
            RecordBuffers.giveBack(in);
            in = null;
        }
    }

    /** Moves a part of a record to a buffer of a record's size. */
    private void shrink() {
        if (in != null && in.capacity() > RecordBuffers.RECORD && in.remaining() <= RecordBuffers.RECORD) {
            ByteBuffer large = in;
            in = RecordBuffers.take(RecordBuffers.RECORD).put(large).flip();
            RecordBuffers.giveBack(large);
        }
    }

    // Writing.

    /** Takes what fits into one batch of records, and sends that; takes nothing while an earlier batch is unsent. */
    void write(ByteBuffer source) throws IOException {
        if (flush()) {
            while (source.hasRemaining() && wrap(source)) {
                // one record after another, as long as there is room
            }
            flush();
        }
    }

    /** Adds a handshake message or an alert to the unsent records; returns false if there is no room or no message. */
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
        noteStatus(result);
        withoutData -= result.bytesProduced() > 0 && withoutData > Integer.MIN_VALUE ? 1 : 0;
        if (result.getStatus() == Status.CLOSED && source.hasRemaining()) {
            flush(); // sends the close_notify by which the engine has answered
            throw new IOException("the peer has closed the connection, and before TLS 1.3 that ends both directions");
        }
        return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    /** Sends unsent records; returns false if some are still unsent. */
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

    private void noteStatus(SSLEngineResult result) {
        status = result.getHandshakeStatus();
        if (status == HandshakeStatus.FINISHED) {
            refreshStatus();
        }
    }

    /** Drops received records that the engine has not taken. */
    void dropInput() {
        input = input == Input.AVAILABLE ? Input.STARVED : input;
        if (in != null) {
            RecordBuffers.giveBack(in);
            in = null;
        }
    }

    /** Drops all records, received and unsent; plaintext stays. */
    void drop() {
        dropInput();
        if (out != null) {
            RecordBuffers.giveBack(out);
            out = null;
        }
    }
}
