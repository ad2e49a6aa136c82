// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A mail that is being received: its text, and the file that stores it. */
final class SmtpMail {
    private static final int BLOCK_BYTES = 16384; // about the size of each write to the file
    private static final String NOT_STORED = "452 4.3.1 Cannot store it now, try again later";

    private final SmtpText text;
    private final MailFile draft;

    SmtpMail(SmtpText text, MailFile draft) {
        this.text = text;
        this.draft = draft;
    }

    /** Adds a line without its CR LF. Returns true if the line ends the text. */
    boolean add(ByteBuffer line) {
        return text.add(line);
    }

    boolean isEndless() {
        return text.isEndless();
    }

    /** Returns true if a block is complete, which has to be stored before more lines are added. */
    boolean isDue() {
        return text.pendingBytes() >= BLOCK_BYTES;
    }

    /** Stores the lines added so far, and runs the action in a later turn. */
    void store(Runnable then) {
        draft.write(text.takePending(), failure -> {
            if (failure != null) {
                text.refuse(new SmtpRefusal(NOT_STORED));
            }
            then.run();
        });
    }

    /** Stores the rest of the complete text, and passes on the reply in a later turn. */
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
