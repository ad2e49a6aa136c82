// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the input into items. Bytes left over between two reads are a prefix of the terminator, so only their count is
 * kept. They are copied only if a callback throws or sets another terminator.
 */
@SuppressWarnings("ReferenceEquality") // the same buffer is meant, not one with the same bytes
final class Incoming {
    private final ChatDispatcher chat;
    private @Nullable Terminator terminator; // null until the program sets the first one
    private long missing; // bytes to the end of a counted item
    private int matched; // length of the terminator's prefix that the first unprocessed bytes are

    private @Nullable ByteBuffer input; // unprocessed from next to end; null between reads unless a callback threw
    private int next;
    private int end;

    private long limit = Long.MAX_VALUE;
    private long collected; // bytes of the unfinished item
    private boolean overflown; // true while the rest of an item is dropped

    Incoming(ChatDispatcher chat) {
        this.chat = chat;
    }

    void setTerminator(Terminator terminator) {
        keepHeldBack();
        this.terminator = terminator;
        missing = terminator.count();
    }

    /** Returns the terminator as asynchat does: a count is what is still missing. */
    @Nullable
    Terminator terminator() {
        return terminator == null || terminator.count() == missing ? terminator : Terminator.count(missing);
    }

    void setLimit(long bytes) {
        limit = bytes;
    }

    void discard() {
        if (missing == 0 && terminator != null && terminator.length() == 0) {
            terminator = Terminator.NONE; // the count is complete, and foundTerminator must not be called for it
        }
        input = null;
        matched = 0;
        collected = 0;
        overflown = false;
    }

    /** Returns how many bytes precede the next ones to be received. */
    int heldBack() {
        return input == null ? matched : end - next;
    }

    /** Puts the bytes that precede the next ones to be received. */
    void putHeldBack(ByteBuffer target) {
        if (input != null) {
            target.put(input.duplicate().limit(end).position(next)); // a callback may be reading it
        } else if (terminator != null) {
            terminator.putPrefix(target, matched);
        }
    }

    /** Cuts into items what was held back and what was received after it. */
    void process(ByteBuffer received) throws Exception {
        if (!received.hasRemaining()) {
            return;
        }
        input = received;
        next = received.position();
        end = received.limit();
        try {
            boolean more = true;
            while (more && input != null && next < end) {
                more = step(input);
            }
        } finally {
            if (input == received) { // else discarded, or processed by a callback that ran the loop
                keepRest(received);
            }
        }
    }

    /** Does one step of asynchat's loop. Returns false when the rest is held back. */
    private boolean step(ByteBuffer in) throws Exception {
        Terminator t = terminator;
        if (t == null) {
            throw new IllegalStateException("bytes were received before setTerminator was called: " + chat);
        }
        if (t.length() > 0) {
            return stepToBytes(in, t);
        }
        if (t == Terminator.NONE) {
            collect(in, end);
        } else {
            stepToCount(in);
        }
        return true;
    }

    private void stepToCount(ByteBuffer in) throws Exception {
        int taken = (int) Math.min(missing, end - next);
        boolean complete = taken == missing;
        collect(in, next + taken);
        if (complete && input == in) {
            terminator = Terminator.NONE;
            missing = 0;
            found();
        }
    }

    private boolean stepToBytes(ByteBuffer in, Terminator t) throws Exception {
        in.limit(end); // collecting has moved it
        int n = matched;
        int i = next + n;
        while (i < end && n < t.length()) {
            if (n == 0) {
                i = t.skip(in, i, end);
            }
            if (i < end) {
                n = t.matchedAfter(in.get(i++), n);
            }
        }
        boolean complete = n == t.length();
        matched = 0; // while a callback runs
        collect(in, i - n);
        if (complete && input == in) {
            next = i;
            found();
        } else if (input == in && terminator == t) {
            matched = n;
        }
        return complete;
    }

    private void found() throws Exception {
        collected = 0;
        overflown = false;
        chat.foundTerminator();
    }

    /**
     * Gives the bytes up to this index to the callback, as one block. They count as processed while the callback runs,
     * because it may discard them or run the loop. If it throws, they count as unprocessed again.
     */
    private void collect(ByteBuffer in, int to) throws Exception {
        int from = next;
        long before = collected;
        Terminator t = terminator;
        long counted = Math.min(missing, to - from);
        next = to;
        missing -= counted;
        boolean done = false;
        try {
            handOver(in, from, to);
            done = true;
        } finally {
            if (!done && input == in) {
                next = from;
                collected = before;
                missing += terminator == t ? counted : 0;
            }
        }
    }

    private void handOver(ByteBuffer in, int from, int to) throws Exception {
        boolean limited = terminator != Terminator.NONE;
        int taken = (int) Math.min(to - from, limited ? limit - collected : Long.MAX_VALUE);
        if (taken > 0 && !overflown) {
            collected += limited ? taken : 0;
            chat.collectIncomingData(in.limit(from + taken).position(from));
        }
        if (taken < to - from && !overflown && input == in) {
            overflown = true;
            chat.handleOverflow();
        }
    }

    /**
     * Copies the unprocessed bytes after a read, unless they are a prefix of the terminator: a callback has thrown, or
     * has set another terminator, which may match them.
     */
    private void keepRest(ByteBuffer received) {
        int rest = end - next;
        input = null;
        if (rest != matched) {
            matched = 0;
            input = ByteBuffer.allocate(rest)
                    .put(received.limit(end).position(next))
                    .flip();
            next = 0;
            end = rest;
        }
    }

    private void keepHeldBack() {
        if (matched > 0 && terminator != null) {
            ByteBuffer held = ByteBuffer.allocate(matched);
            terminator.putPrefix(held, matched);
            input = held;
            next = 0;
            end = matched;
            matched = 0;
        }
    }
}
