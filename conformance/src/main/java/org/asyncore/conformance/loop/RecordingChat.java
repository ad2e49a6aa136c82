// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.chat.ChatDispatcher;
import org.jspecify.annotations.Nullable;

/** A conversation that records its input, and does actions of the test in its callbacks. */
final class RecordingChat extends ChatDispatcher {
    final StringBuilder log = new StringBuilder(); // the bytes that were collected, with | at the end of each item
    final List<String> pieces = new ArrayList<>();
    final List<Integer> sends = new ArrayList<>(); // the number of bytes that each send accepted
    final List<Long> highs = new ArrayList<>(); // the number of queued bytes at each handleHighWater
    final List<Long> lows = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    long received;
    boolean ended;

    Hook onPiece = () -> {};
    Hook onItem = () -> {};
    Hook onError = this::close;

    @Nullable
    Hook onOverflow; // the default if null

    /** The action of a callback. */
    interface Hook {
        void run() throws Exception;
    }

    RecordingChat(Loop loop) {
        super(loop);
        setTerminator("\n");
    }

    RecordingChat(Loop loop, StreamChannel channel) {
        super(loop, channel);
        setTerminator("\n");
    }

    void limit(int itemBytes) {
        setItemLimit(itemBytes);
    }

    void marks(long high, long low) {
        setWaterMarks(high, low);
    }

    void gather(boolean gathering) {
        setGathering(gathering);
    }

    void receiveAtMost(int bytes) {
        setInBufferBytes(bytes);
    }

    ByteBuffer loopBuffer() {
        return readBuffer();
    }

    @Override
    public void collectIncomingData(ByteBuffer data) throws Exception {
        String piece = ISO_8859_1.decode(data.duplicate()).toString();
        log.append(piece);
        pieces.add(piece);
        onPiece.run();
        String after = ISO_8859_1.decode(data).toString();
        if (!piece.equals(after)) {
            throw new AssertionError(piece + " became " + after);
        }
    }

    @Override
    public void foundTerminator() throws Exception {
        log.append('|');
        onItem.run();
    }

    @Override
    public void handleOverflow() throws Exception {
        log.append("<over>");
        if (onOverflow == null) {
            super.handleOverflow();
        } else {
            onOverflow.run();
        }
    }

    @Override
    public void handleHighWater() {
        log.append("<high>");
        highs.add(queuedBytes());
    }

    @Override
    public void handleLowWater() {
        log.append("<low>");
        lows.add(queuedBytes());
    }

    @Override
    public void handleConnect() {
        log.append("<connected>");
    }

    @Override
    public int recv(ByteBuffer target) throws IOException {
        int n = super.recv(target);
        received += Math.max(0, n);
        return n;
    }

    @Override
    public int send(ByteBuffer source) throws IOException {
        int n = super.send(source);
        sends.add(n);
        return n;
    }

    int sent() {
        return sends.stream().mapToInt(Objects::requireNonNull).sum();
    }

    @Override
    public void handleClose() throws IOException {
        ended = true;
        super.handleClose();
    }

    @Override
    public void handleError(Throwable cause) {
        errors.add(cause);
        try {
            onError.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
