// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Produces output when there is room for it, a block at a time: what {@link ChatDispatcher#pushWithProducer} queues. */
@FunctionalInterface
public interface Producer extends Closeable {
    /**
     * The next block. It is called on the loop's thread and must not block; and again only when all of the block has been
     * taken, so that one buffer can serve for every block.
     *
     * @return the bytes between position and limit; none when there are no more, which ends the producer
     * @throws IOException goes to the dispatcher's {@code handleError}
     */
    ByteBuffer more() throws IOException;

    /** Called once: after the last block, or when the dispatcher closes or discards what it has queued. */
    @Override
    default void close() throws IOException {}
}
