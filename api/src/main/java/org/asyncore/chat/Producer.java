// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Produces output when there is room for it, a block at a time. {@link ChatDispatcher#pushWithProducer} queues it. */
@FunctionalInterface
public interface Producer extends Closeable {
    /**
     * Returns the next block. This is called on the loop's thread and must not block. It is called again only when the
     * whole block has been taken, so one buffer can serve for every block.
     *
     * @return the bytes between position and limit; none when there are no more, which ends the producer
     * @throws IOException goes to the dispatcher's {@code handleError}
     */
    ByteBuffer more() throws IOException;

    /** Releases the source. Called once: after the last block, or when the dispatcher closes or discards its queue. */
    @Override
    default void close() throws IOException {}
}
