// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A mail under way: its text as it comes, and the draft that this goes to. */
final class SmtpMail {
    private static final int BLOCK_BYTES = 16384; // what a draft gets at once
    private static final String NOT_STORED = "452 4.3.1 Cannot store it now, try again later";

    private final SmtpText text;
    private final MailFile draft;

    SmtpMail(SmtpText text, MailFile draft) {
        this.text = text;
        this.draft = draft;
    }

    /** Takes a line without its end; true if it says that the text is complete. */
    boolean add(ByteBuffer line) {
        return text.add(line);
    }

    boolean isEndless() {
        return text.isEndless();
    }

    /** Whether a block has come together, which is to be stored before there is more. */
    boolean isDue() {
        return text.pendingBytes() >= BLOCK_BYTES;
    }

    /** Stores what has come; runs the action in a later turn. */
    void store(Runnable then) {
        draft.write(text.takePending(), failure -> {
            if (failure != null) {
                text.refuse(new SmtpRefusal(NOT_STORED));
            }
            then.run();
        });
    }

    /** Stores the rest, the text being complete, and gives the reply in a later turn. */
    void deliver(Consumer<String> reply) throws SmtpRefusal {
        SmtpRefusal refusal = text.refusal();
        if (refusal != null) {
            draft.discard();
            throw refusal;
        }
        draft.deliver(
                text.takePending(),
                failure -> reply.accept(failure == null ? "250 2.0.0 Stored as " + draft.id() : NOT_STORED));
    }

    void discard() {
        draft.discard();
    }
}
