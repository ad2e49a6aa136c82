// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The terminator machine: cuts what is received into items. Its input is never copied, unless a callback throws: what is
 * held back between two reads is a beginning of the terminator, so its length says it all.
 */
@SuppressWarnings("ReferenceEquality") // the same buffer is meant, not one with the same bytes
final class Incoming {
    private final ChatDispatcher chat;
    private @Nullable Terminator terminator; // the program's first one comes before the first bytes
    private long missing; // to the end of a counted item
    private int matched; // of the terminator, by the first unprocessed bytes

    private @Nullable ByteBuffer input; // unprocessed from next to end; null between reads unless a callback threw
    private int next;
    private int end;

    private long limit = Long.MAX_VALUE;
    private long collected; // of the unfinished item
    private boolean overflown; // the rest of the item is dropped

    Incoming(ChatDispatcher chat) {
        this.chat = chat;
    }

    void setTerminator(Terminator terminator) {
        keepHeldBack();
        this.terminator = terminator;
        missing = terminator.count();
    }

    /** The terminator as asynchat has it: a count is what is missing. */
    @Nullable
    Terminator terminator() {
        return terminator == null || terminator.count() == missing ? terminator : Terminator.count(missing);
    }

    void setLimit(long bytes) {
        limit = bytes;
    }

    void discard() {
        if (missing == 0 && terminator != null && terminator.length() == 0) {
            terminator = Terminator.NONE; // the count was complete, and is not to be found any more
        }
        input = null;
        matched = 0;
        collected = 0;
        overflown = false;
    }

    /** How many bytes precede the next ones to be received. */
    int heldBack() {
        return input == null ? matched : end - next;
    }

    /** Puts the bytes that precede the next ones to be received. */
    void putHeldBack(ByteBuffer target) {
        if (input != null) {
            target.put(input.duplicate().limit(end).position(next)); // a callback may be reading it
        } else if (terminator != null) {
            terminator.putBeginning(target, matched);
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

    /** One call of asynchat's loop; false when the rest is held back. */
    private boolean step(ByteBuffer in) throws Exception {
        Terminator t = terminator;
        if (t == null) {
            throw new IllegalStateException("bytes came, and setTerminator was not called before: " + chat);
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
        in.limit(end); // which collecting has moved
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
     * Hands over what comes before this place, as one block. It counts as processed before that, because the callback may
     * discard it or run the loop; if it throws, nothing has been processed.
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

    /** After a read: keeps what a callback that threw has left, or another terminator may see with other eyes. */
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
            terminator.putBeginning(held, matched);
            input = held;
            next = 0;
            end = matched;
            matched = 0;
        }
    }
}
