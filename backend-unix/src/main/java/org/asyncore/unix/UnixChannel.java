// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.io.IOException;
import java.nio.channels.Channel;
import org.asyncore.spi.ReadyHandler;
import org.jspecify.annotations.Nullable;

/** A channel that {@link UnixPoller} can register. */
interface UnixChannel extends Channel {
    Descriptor descriptor();

    /** Returns true if the kernel can poll it; if not, it is always ready. */
    default boolean polled() {
        return true;
    }

    /** Returns the FIFO whose first writer has not come, or null: until then the channel is neither ready nor polled. */
    default @Nullable UnixFifoReader awaited() {
        return null;
    }

    /** Returns the handler to call instead of the given one; for channels that note the reports. */
    default ReadyHandler seeing(ReadyHandler handler) {
        return handler;
    }

    @Override
    default boolean isOpen() {
        return descriptor().isOpen();
    }

    @Override
    default void close() throws IOException {
        descriptor().close();
    }
}
