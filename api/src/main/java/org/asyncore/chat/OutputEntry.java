// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.nio.ByteBuffer;

/** An entry of the {@link OutputQueue}. */
sealed interface OutputEntry {
    /** Bytes to send. The queue reuses an entry for other bytes, so that a steady exchange leaves no garbage. */
    final class Block implements OutputEntry {
        ByteBuffer bytes;

        Block(ByteBuffer bytes) {
            this.bytes = bytes;
        }
    }

    /** A producer, which is asked for bytes until it gives none. */
    record Source(Producer producer) implements OutputEntry {}

    /** An action for when everything before it has been sent. */
    record Action(Runnable action) implements OutputEntry {}

    /** The mark that {@code closeWhenDone} queues. */
    enum End implements OutputEntry {
        CLOSE
    }
}
